package io.embedim.jdbc;

import io.embedim.model.ImException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The tables: made where they are missing, refused where they are not ours. */
final class Schema {

    /** Of the tables in {@code schema.sql}. */
    static final int VERSION = 1;

    private Schema() {}

    /** Leaves tables of this version, with the one row of {@code im_broker}. */
    static void prepare(Database database) throws SQLException, UnknownCommit {
        if (!database.read(Schema::exists)) {
            database.write(Schema::create);
        }
        database.read(Schema::check);
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.BROKER);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                return true;
            }
            throw new ImException("im_broker is empty; expected its one row, or no such table");
        } catch (SQLException e) {
            // Class 42: no such table, in the words of both databases.
            if (e.getSQLState() != null && e.getSQLState().startsWith("42")) {
                return false;
            }
            throw e;
        }
    }

    private static boolean create(Connection connection) throws SQLException {
        String script = script().replaceAll("(?m)^--.*$", "");
        try (Statement statement = connection.createStatement()) {
            for (String part : script.split(";", -1)) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
        }
        insert(connection);
        return true;
    }

    private static void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(Sql.NEW_BROKER)) {
            insert.setInt(1, VERSION);
            insert.executeUpdate();
        }
    }

    private static boolean check(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(Sql.BROKER);
                ResultSet row = select.executeQuery()) {
            row.next();
            int version = row.getInt(1);
            if (version != VERSION) {
                throw new ImException("the tables are of version " + version + "; expected " + VERSION + ", or none: "
                        + (version > VERSION ? "a newer embedim has made them" : "nobody has released that version"));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(Sql.NAME_IN_CAPITALS);
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                throw new ImException(
                        "the database takes 'a' and 'A' for the same text; expected tables that tell them apart,"
                                + " for ids differ by that");
            }
        }
        return true;
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("schema.sql"), "schema.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ImException("schema.sql could not be read from the jar", e);
        }
    }
}
