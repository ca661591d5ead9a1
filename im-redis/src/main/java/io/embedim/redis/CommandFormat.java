package io.embedim.redis;

import io.embedim.cluster.Command;
import io.embedim.connection.CloseReason;
import io.embedim.model.ConnectionId;
import io.embedim.model.GroupId;
import io.embedim.model.ImException;
import io.embedim.model.Target;
import io.embedim.model.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A command as bytes. Part of the format between nodes: values may be added at the end of a kind, and kinds; nothing else. */
final class CommandFormat {

    private CommandFormat() {}

    static byte[] write(Command command) {
        ByteWriter out = new ByteWriter();
        if (command instanceof Command.Send send) {
            target(out.text("send"), send.target()).text(send.text()).flag(send.droppable());
        } else if (command instanceof Command.Close close) {
            target(out.text("close"), close.target())
                    .number(close.reason().code())
                    .text(close.reason().text())
                    .text(close.last())
                    .flag(close.atOnce());
        } else if (command instanceof Command.Bind bind) {
            target(out.text("bind"), bind.target()).text(bind.user().value());
        } else if (command instanceof Command.Unbind unbind) {
            target(out.text("unbind"), unbind.target()).text(unbind.user().value());
        } else if (command instanceof Command.Join join) {
            target(out.text("join"), join.target()).text(join.group().value());
        } else if (command instanceof Command.Leave leave) {
            target(out.text("leave"), leave.target()).text(leave.group().value());
        } else if (command instanceof Command.Dissolve dissolve) {
            out.text("dissolve").text(dissolve.group().value());
        } else if (command instanceof Command.Attributes attributes) {
            target(out.text("attributes"), attributes.target()).flag(attributes.replace());
            out.number(attributes.values().size());
            attributes.values().forEach((name, value) -> out.text(name).text(value));
        }
        return out.bytes();
    }

    static Command read(ByteReader in) {
        String kind = in.text();
        return switch (kind) {
            case "send" -> new Command.Send(target(in), in.text(), in.flag());
            case "close" ->
                new Command.Close(
                        target(in), new CloseReason((int) in.number(), in.text()), in.textOrNull(), in.flag());
            case "bind" -> new Command.Bind(target(in), new UserId(in.text()));
            case "unbind" -> new Command.Unbind(target(in), new UserId(in.text()));
            case "join" -> new Command.Join(target(in), new GroupId(in.text()));
            case "leave" -> new Command.Leave(target(in), new GroupId(in.text()));
            case "dissolve" -> new Command.Dissolve(new GroupId(in.text()));
            case "attributes" -> attributes(in);
            default -> throw new ImException("command '" + kind + "'; expected one that this version knows");
        };
    }

    private static Command attributes(ByteReader in) {
        Target target = target(in);
        boolean replace = in.flag();
        Map<String, String> values = new HashMap<>();
        for (long left = in.number(); left > 0; left--) {
            String name = in.text();
            values.put(name, in.text());
        }
        return new Command.Attributes(target, values, replace);
    }

    private static ByteWriter target(ByteWriter out, Target target) {
        ids(out.flag(target.everybody()), target.included());
        return ids(out, target.excepted());
    }

    private static ByteWriter ids(ByteWriter out, Target.Ids ids) {
        each(out, ids.connections(), ConnectionId::value);
        each(out, ids.users(), UserId::value);
        return each(out, ids.groups(), GroupId::value);
    }

    private static <T> ByteWriter each(ByteWriter out, Collection<T> items, Function<T, String> value) {
        out.number(items.size());
        items.forEach(item -> out.text(value.apply(item)));
        return out;
    }

    private static Target target(ByteReader in) {
        return new Target(in.flag(), ids(in), ids(in));
    }

    private static Target.Ids ids(ByteReader in) {
        return new Target.Ids(each(in, ConnectionId::new), each(in, UserId::new), each(in, GroupId::new));
    }

    private static <T> Set<T> each(ByteReader in, Function<String, T> item) {
        Set<T> items = new LinkedHashSet<>();
        for (long left = in.number(); left > 0; left--) {
            items.add(item.apply(in.text()));
        }
        return items;
    }
}
