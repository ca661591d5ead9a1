package io.embedim.bench.compare.play;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All processes that were started, so that none is left, however this one ends: by itself and by Ctrl-C it ends them, and if it is killed, the system does.
 *
 * <p>The system's part is tied to the thread that starts a process, so that has to be one that lives as long as this object is used.
 */
final class Children implements AutoCloseable {

    /** Has the system kill the process with its parent; a stopped one could not see that its input ends. */
    private static final List<String> NOT_ALONE = List.of("setpriv", "--pdeathsig", "KILL");

    private final Set<Child> living = ConcurrentHashMap.newKeySet();
    private final Path root;
    private final Path logs;
    private volatile boolean closed;

    /** Processes that run in the checkout's root and write their errors to a directory. */
    Children(Path root, Path logs) throws IOException {
        this.root = root;
        this.logs = Files.createDirectories(logs);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end-children"));
    }

    /** Starts one; its errors go to a file of that name. */
    Child start(String name, List<String> command) throws IOException {
        if (closed) throw new Ending();
        List<String> whole = new ArrayList<>(NOT_ALONE);
        whole.addAll(command);
        Path errors = logs.resolve(name + ".err");
        Process process = new ProcessBuilder(whole)
                .directory(root.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        Child child = new Child(process, errors, living::remove);
        living.add(child);
        if (closed) child.kill();
        return child;
    }

    /** All is ending, so nothing is started any more. */
    static final class Ending extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Ending() {
            super("nothing is started any more, because all is ending");
        }
    }

    /** Whether all is ending. */
    boolean ending() {
        return closed;
    }

    /** How many have not ended. */
    int living() {
        return living.size();
    }

    @Override
    public void close() {
        closed = true;
        living.forEach(Child::kill);
    }
}
