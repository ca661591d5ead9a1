package io.embedim.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;

/** A database that says it is of another version than it is. */
final class Versions {

    private Versions() {}

    static DataSource of(DataSource source, String version) {
        return (DataSource) answering(DataSource.class, source, version);
    }

    private static Object answering(Class<?> type, Object real, String version) {
        return Proxy.newProxyInstance(Versions.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("getDatabaseProductVersion")) {
                return version;
            }
            try {
                Object answer = method.invoke(real, args);
                return switch (method.getName()) {
                    case "getConnection" -> answering(Connection.class, answer, version);
                    case "getMetaData" -> answering(DatabaseMetaData.class, answer, version);
                    default -> answer;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
