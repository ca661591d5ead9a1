/** A durable broker in a SQL database, for one node. The entry point is {@link io.embedim.jdbc.JdbcBroker}. */
module io.embedim.jdbc {
    requires transitive io.embedim.core;
    requires transitive java.sql;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.embedim.jdbc;
}
