-- Made where im_broker is missing. H2 and PostgreSQL read it alike.
-- tag::schema[]
-- One row: the version of these tables, and which process may write.
CREATE TABLE im_broker (
    name        VARCHAR(20)  NOT NULL PRIMARY KEY,
    version     INTEGER      NOT NULL,
    owner       VARCHAR(200) NOT NULL,
    beat        BIGINT       NOT NULL,
    renewed     TIMESTAMP WITH TIME ZONE NOT NULL,
    lease_ms    BIGINT       NOT NULL
);

-- Where each conversation's log stands.
CREATE TABLE im_conversation (
    conv        VARCHAR(1000) NOT NULL PRIMARY KEY,
    epoch       VARCHAR(100) NOT NULL,
    seq         BIGINT       NOT NULL,
    last_mid    VARCHAR(100) NOT NULL,
    floor_seq   BIGINT       NOT NULL,
    floor_prev  VARCHAR(100) NOT NULL,
    floor_at    BIGINT       NOT NULL,
    bytes       BIGINT       NOT NULL
);

CREATE TABLE im_entry (
    conv        VARCHAR(1000) NOT NULL,
    seq         BIGINT       NOT NULL,
    mid         VARCHAR(100) NOT NULL,
    prev        VARCHAR(100) NOT NULL,
    said_at     BIGINT       NOT NULL,
    revision    BIGINT       NOT NULL,
    recalled    BOOLEAN      NOT NULL,
    weight      BIGINT       NOT NULL,
    sender      VARCHAR(1000) NOT NULL,
    sender_name VARCHAR(1000000) NOT NULL,
    verified    BOOLEAN      NOT NULL,
    recipient   VARCHAR(1000),
    origin      VARCHAR(1000),
    content     VARCHAR(1000000) NOT NULL,
    json        VARCHAR(1000000) NOT NULL,
    action      VARCHAR(20)  NOT NULL,
    target_seq  BIGINT,
    target_mid  VARCHAR(1000),
    base_rev    BIGINT,
    of_others   BOOLEAN      NOT NULL,
    subject     VARCHAR(1000),
    subject_ver BIGINT,
    once_id     VARCHAR(1000),
    once_hash   VARCHAR(1000),
    fence_user  VARCHAR(1000),
    fence_ver   BIGINT,
    PRIMARY KEY (conv, seq)
);

-- Where the edits of a message are, whose words go when it is recalled.
CREATE TABLE im_edit (
    conv        VARCHAR(1000) NOT NULL,
    target_seq  BIGINT       NOT NULL,
    seq         BIGINT       NOT NULL,
    PRIMARY KEY (conv, target_seq, seq)
);

CREATE TABLE im_member (
    conv        VARCHAR(1000) NOT NULL,
    user_id     VARCHAR(1000) NOT NULL,
    version     BIGINT       NOT NULL,
    first_seq   BIGINT       NOT NULL,
    first_mid   VARCHAR(100) NOT NULL,
    first_prev  VARCHAR(100) NOT NULL,
    last_seq    BIGINT,
    last_mid    VARCHAR(100),
    PRIMARY KEY (conv, user_id)
);

-- Which actions have been taken already; the key is a digest of conversation, sender and id.
CREATE TABLE im_once (
    id_key      VARCHAR(50)  NOT NULL PRIMARY KEY,
    hash        VARCHAR(1000) NOT NULL,
    epoch       VARCHAR(100) NOT NULL,
    seq         BIGINT       NOT NULL,
    mid         VARCHAR(100) NOT NULL,
    said_at     BIGINT       NOT NULL
);
CREATE INDEX im_once_said_at ON im_once (said_at);

-- Where the list of each user's conversations stands, and the list.
CREATE TABLE im_directory (
    user_id     VARCHAR(1000) NOT NULL PRIMARY KEY,
    epoch       VARCHAR(100) NOT NULL,
    version     BIGINT       NOT NULL
);
CREATE TABLE im_directory_entry (
    user_id     VARCHAR(1000) NOT NULL,
    conv        VARCHAR(1000) NOT NULL,
    version     BIGINT       NOT NULL,
    belongs     BOOLEAN      NOT NULL,
    PRIMARY KEY (user_id, conv)
);
CREATE UNIQUE INDEX im_directory_version ON im_directory_entry (user_id, version);

-- How far each user has read and received.
CREATE TABLE im_mark (
    conv        VARCHAR(1000) NOT NULL,
    user_id     VARCHAR(1000) NOT NULL,
    read_epoch  VARCHAR(100) NOT NULL,
    read_seq    BIGINT       NOT NULL,
    read_mid    VARCHAR(100) NOT NULL,
    recv_epoch  VARCHAR(100) NOT NULL,
    recv_seq    BIGINT       NOT NULL,
    recv_mid    VARCHAR(100) NOT NULL,
    PRIMARY KEY (conv, user_id)
);

-- Who belongs to which group, connected or not, and the highest version that was ever removed.
CREATE TABLE im_membership (
    group_id    VARCHAR(1000) NOT NULL,
    user_id     VARCHAR(1000) NOT NULL,
    role_name   VARCHAR(20)  NOT NULL,
    muted_until VARCHAR(50),
    banned_until VARCHAR(50),
    durable     BOOLEAN      NOT NULL,
    version     BIGINT       NOT NULL,
    PRIMARY KEY (group_id, user_id)
);
CREATE UNIQUE INDEX im_membership_user ON im_membership (user_id, group_id);
CREATE TABLE im_removed (
    name        VARCHAR(20)  NOT NULL PRIMARY KEY,
    version     BIGINT       NOT NULL
);
-- end::schema[]
