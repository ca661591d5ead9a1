package io.embedim.security;

import io.embedim.model.Identity;
import io.embedim.model.UserId;
import java.io.Serial;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** One ticket as a text: writes it, reads it. Nothing of its payload is looked at before its signature is found right. */
final class SignedTicket {

    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_NAME = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SignedTicket() {}

    static String write(TicketKeys keys, String audience, Identity identity, Instant now) {
        Instant end = identity.expiresAt();
        if (end == null) {
            throw new IllegalArgumentException("a ticket must expire; expected an identity with expiresAt");
        }
        check(identity.name(), identity.avatar());
        String head = encode(json(generator -> {
            generator.writeStringProperty("alg", "HS256");
            generator.writeStringProperty("typ", "JWT");
            generator.writeStringProperty("kid", keys.signingId());
        }));
        String body = encode(json(generator -> {
            generator.writeStringProperty("aud", audience);
            generator.writeStringProperty("sub", identity.user().value());
            if (identity.name() != null) {
                generator.writeStringProperty("name", identity.name());
            }
            if (identity.avatar() != null) {
                generator.writeStringProperty("picture", identity.avatar());
            }
            generator.writeNumberProperty("iat", now.getEpochSecond());
            generator.writeNumberProperty("exp", end.getEpochSecond());
        }));
        String signed = head + "." + body;
        SecretKey key = keys.find(keys.signingId()).orElseThrow();
        String ticket = signed + "." + sign(key, signed);
        if (ticket.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("ticket has " + ticket.length() + " characters; expected at most 4096");
        }
        return ticket;
    }

    static Identity read(TicketKeys keys, String audience, String ticket, Instant now) throws Invalid {
        if (ticket.length() > MAX_LENGTH) {
            throw new Invalid("ticket too long");
        }
        int last = ticket.lastIndexOf('.');
        int first = ticket.indexOf('.');
        if (first < 0 || first == last || ticket.indexOf('.', first + 1) != last) {
            throw new Invalid("not a ticket of three parts");
        }
        String signed = ticket.substring(0, last);
        Fields head = fields(ticket.substring(0, first));
        if (!"HS256".equals(head.algorithm) || head.critical || head.key == null) {
            throw new Invalid("header is not alg HS256 with a kid");
        }
        SecretKey key = keys.find(head.key).orElseThrow(() -> new Invalid("no such key"));
        if (!isEqual(sign(key, signed), ticket.substring(last + 1))) {
            throw new Invalid("wrong signature");
        }
        return identity(fields(ticket.substring(first + 1, last)), audience, now);
    }

    private static Identity identity(Fields body, String audience, Instant now) throws Invalid {
        if (!body.audience.contains(audience)) {
            throw new Invalid("for another audience");
        }
        if (body.expires == null) {
            throw new Invalid("no exp");
        }
        Instant end = instant(body.expires);
        if (!now.isBefore(end)) {
            throw new Invalid("expired");
        }
        if (body.notBefore != null && now.isBefore(instant(body.notBefore))) {
            throw new Invalid("not valid yet");
        }
        if (body.subject == null) {
            throw new Invalid("no sub");
        }
        try {
            check(body.name, body.picture);
            return new Identity(UserId.of(body.subject), body.name, body.picture, end);
        } catch (IllegalArgumentException e) {
            throw new Invalid("sub, name or picture is not valid");
        }
    }

    private static Instant instant(long seconds) throws Invalid {
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            throw new Invalid("exp or nbf is no time in whole seconds");
        }
    }

    /** What frames may not have either. */
    private static void check(@Nullable String name, @Nullable String picture) {
        if (name != null && (name.codePointCount(0, name.length()) > MAX_NAME || !isText(name))) {
            throw new IllegalArgumentException("name is empty, too long or has a lone surrogate");
        }
        if (picture != null && !isText(picture)) {
            throw new IllegalArgumentException("avatar is empty or has a lone surrogate");
        }
    }

    private static boolean isText(String text) {
        return !text.isEmpty() && text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private static boolean isEqual(String expected, String found) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(TicketKeys.ALGORITHM);
            mac.init(key);
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + TicketKeys.ALGORITHM, e);
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Content content) {
        StringWriter writer = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), writer)) {
            generator.writeStartObject();
            content.writeTo(generator);
            generator.writeEndObject();
        }
        return writer.toString();
    }

    private static Fields fields(String part) throws Invalid {
        Fields fields = new Fields();
        try (JsonParser parser = JSON.createParser(
                ObjectReadContext.empty(), Base64.getUrlDecoder().decode(part))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Invalid("not a ticket of JSON objects");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                fields.take(name, parser);
            }
            if (parser.nextToken() != null) {
                throw new Invalid("not a ticket of JSON objects");
            }
            return fields;
        } catch (IllegalArgumentException | JacksonException e) {
            throw new Invalid("not a ticket of JSON objects");
        }
    }

    private interface Content {
        void writeTo(JsonGenerator generator);
    }

    /** The fields of a header or a payload that count, as far as they are of the right type. */
    private static final class Fields {

        private @Nullable String algorithm;
        private @Nullable String key;
        private boolean critical;
        private final List<String> audience = new ArrayList<>();
        private @Nullable String subject;
        private @Nullable String name;
        private @Nullable String picture;
        private @Nullable Long expires;
        private @Nullable Long notBefore;

        void take(String field, JsonParser parser) throws Invalid {
            switch (field) {
                case "alg" -> algorithm = text(parser);
                case "kid" -> key = text(parser);
                case "crit" -> critical = true;
                case "sub" -> subject = text(parser);
                case "name" -> name = text(parser);
                case "picture" -> picture = text(parser);
                case "exp" -> expires = seconds(parser);
                case "nbf" -> notBefore = seconds(parser);
                case "aud" -> takeAudience(parser);
                default -> {
                    // Of no meaning here.
                }
            }
            parser.skipChildren();
        }

        private void takeAudience(JsonParser parser) throws Invalid {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                audience.add(text(parser));
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                audience.add(text(parser));
            }
        }

        private static String text(JsonParser parser) throws Invalid {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new Invalid("a field is no text");
            }
            return parser.getString();
        }

        private static long seconds(JsonParser parser) throws Invalid {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new Invalid("exp or nbf is no time in whole seconds");
            }
            return parser.getLongValue();
        }
    }

    /** Why a ticket is not believed; for the log. */
    static final class Invalid extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        Invalid(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return getMessage() == null ? "" : getMessage();
        }
    }
}
