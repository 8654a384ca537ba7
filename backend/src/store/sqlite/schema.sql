-- Everything the backend keeps. Versions and times are integers, names are the texts of the wire.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,      -- epoch, secret
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE community (
    id      TEXT NOT NULL PRIMARY KEY,
    ver     INTEGER NOT NULL,             -- the counter: its last change
    horizon INTEGER NOT NULL,             -- cursors below it start afresh
    purged  INTEGER NOT NULL,             -- the version at which rows last vanished without a tombstone
    code    TEXT                          -- hash of the code that makes a facilitator, until it is used
) STRICT, WITHOUT ROWID;

CREATE TABLE row (
    community TEXT NOT NULL REFERENCES community,
    kind      TEXT NOT NULL,
    id        TEXT NOT NULL,
    ver       INTEGER NOT NULL,
    body      TEXT,                       -- JSON; NULL is a tombstone
    PRIMARY KEY (community, kind, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX row_by_ver ON row (community, ver);

CREATE TABLE op_log (
    community TEXT NOT NULL REFERENCES community,
    seq       INTEGER NOT NULL,
    op_id     TEXT NOT NULL,
    actor     TEXT,                       -- NULL: nobody's business
    at        INTEGER NOT NULL,
    t         TEXT NOT NULL,
    a         TEXT,                       -- JSON; NULL: not kept
    rejected  TEXT,                       -- the code; NULL: it was done
    PRIMARY KEY (community, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX op_log_by_id ON op_log (community, op_id);

-- Rows that this version of the backend could not read, as they were found.
CREATE TABLE quarantine (
    community TEXT NOT NULL,
    kind      TEXT NOT NULL,
    id        TEXT NOT NULL,
    ver       INTEGER NOT NULL,
    body      TEXT,
    why       TEXT NOT NULL
) STRICT;
