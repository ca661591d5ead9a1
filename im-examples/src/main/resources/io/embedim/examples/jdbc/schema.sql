-- Ids are compared by their bytes: where a database's default collation ignores case (MySQL, SQL Server), give these columns a binary one.
-- tag::schema[]
CREATE TABLE im_session (
    id         VARCHAR(128) NOT NULL PRIMARY KEY,
    version    BIGINT       NOT NULL,
    node       VARCHAR(128) NOT NULL,
    user_id    VARCHAR(128),
    group_ids  VARCHAR(100000) NOT NULL,
    attributes VARCHAR(100000) NOT NULL,
    opened_at  VARCHAR(40)  NOT NULL,
    removed_at BIGINT
);
CREATE INDEX im_session_user ON im_session (user_id, id);
CREATE INDEX im_session_removed ON im_session (removed_at);

CREATE TABLE im_session_group (
    group_id   VARCHAR(128) NOT NULL,
    session_id VARCHAR(128) NOT NULL,
    PRIMARY KEY (group_id, session_id)
);
CREATE INDEX im_session_group_session ON im_session_group (session_id);
-- end::schema[]
