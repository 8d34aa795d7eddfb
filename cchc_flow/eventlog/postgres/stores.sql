-- What lies beside the logs: contents, secrets, accounts, and who read what. It is part of the edition of
-- the tables of the logs, and is installed after them. A node may read all of it, and writes only by the
-- functions below; the accounts alone are ordinary tables.

-- Contents of the vault: salt ‖ content, under its SHA-256.
CREATE TABLE cchc_log.vault (
    workspace text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    salted bytea NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (workspace, digest),
    CONSTRAINT vault_digest CHECK (digest = sha256(salted))
);
-- Not compressed: large contents are read block by block.
ALTER TABLE cchc_log.vault ALTER COLUMN salted SET STORAGE EXTERNAL;

CREATE FUNCTION cchc_log.store_content(of_workspace text, of_salted bytea) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO cchc_log.vault (workspace, digest, salted)
    VALUES (of_workspace, sha256(of_salted), of_salted)
    ON CONFLICT (workspace, digest) DO UPDATE SET stored_at = clock_timestamp()
    RETURNING digest
$$;

-- Deletes a content; with an instant, only one that was stored before it. One that an event refers to goes
-- only when an event has erased it.
CREATE FUNCTION cchc_log.delete_content(of_workspace text, of_digest bytea, stored_before timestamptz)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cchc_log.contents c
               WHERE c.workspace = of_workspace AND c.digest = encode(of_digest, 'hex'))
       AND NOT EXISTS (SELECT 1 FROM cchc_log.events e
                       WHERE e.workspace = of_workspace AND e.stream = 'content-' || encode(of_digest, 'hex'))
    THEN
        IF stored_before IS NOT NULL THEN
            RETURN false;
        END IF;
        RAISE EXCEPTION 'an event refers to the content, and none has erased it'
            USING ERRCODE = 'CF001';
    END IF;
    DELETE FROM cchc_log.vault v
    WHERE v.workspace = of_workspace AND v.digest = of_digest
      AND (stored_before IS NULL OR v.stored_at < stored_before);
    RETURN FOUND;
END
$$;

-- Private keys of all nodes, sealed with a key that never lies in the database. The workspace '' has those of
-- the whole installation.
CREATE TABLE cchc_log.secrets (
    workspace text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (workspace, name)
);

-- Stores a secret unless there is one, and returns the one that there is by then; null when the key under
-- which it was sealed is no longer that of the nodes: then `of_sample` is not the sample that lies there.
CREATE FUNCTION cchc_log.keep_secret(of_workspace text, of_name text, of_sealed bytea, of_sample bytea)
RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found bytea;
BEGIN
    LOCK TABLE cchc_log.secrets IN ROW EXCLUSIVE MODE;  -- waits for a change of the key that is on its way
    IF (of_workspace, of_name) <> ('', 'node.key') AND NOT EXISTS (
        SELECT 1 FROM cchc_log.secrets s
        WHERE s.workspace = '' AND s.name = 'node.key' AND s.sealed = of_sample
    ) THEN
        RETURN NULL;
    END IF;
    INSERT INTO cchc_log.secrets VALUES (of_workspace, of_name, of_sealed) ON CONFLICT DO NOTHING;
    SELECT sealed INTO found FROM cchc_log.secrets s WHERE s.workspace = of_workspace AND s.name = of_name;
    RETURN found;
END
$$;

-- Accounts: what `accounts.db` holds for one workspace, for many. One workspace is seen through the views of
-- cchc_accounts_here: the one that the transaction names in cchc.workspace, whose rows carry it unsaid.
CREATE SCHEMA cchc_accounts;
CREATE SCHEMA cchc_accounts_here;

CREATE TABLE cchc_accounts.passwords (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    hash text NOT NULL,
    temporary_until text COLLATE "C",
    changed text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, person)
);
CREATE TABLE cchc_accounts.sessions (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    id bigint NOT NULL,
    token bytea NOT NULL,
    person text COLLATE "C" NOT NULL,
    begun text COLLATE "C" NOT NULL,
    seen text COLLATE "C" NOT NULL,
    ended text COLLATE "C",
    address text COLLATE "C" NOT NULL,
    browser text NOT NULL,
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, token)
);
CREATE INDEX sessions_of ON cchc_accounts.sessions (workspace, person, address);
CREATE TABLE cchc_accounts.delays (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    key bytea NOT NULL,
    level double precision NOT NULL,
    at text COLLATE "C" NOT NULL,
    waits bigint NOT NULL,
    until text COLLATE "C",
    PRIMARY KEY (workspace, key)
);
CREATE INDEX delays_by_age ON cchc_accounts.delays (workspace, at);
CREATE TABLE cchc_accounts.delay_keys (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    number bigint NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (workspace, number)
);
CREATE TABLE cchc_accounts.read_marks (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (workspace, person)
);
CREATE TABLE cchc_accounts.items_read (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    item text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (workspace, person, item)
);
CREATE TABLE cchc_accounts.mailing (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    address text COLLATE "C",
    kinds text NOT NULL,
    mailed bigint NOT NULL,
    refused text COLLATE "C",
    PRIMARY KEY (workspace, person)
);
CREATE TABLE cchc_accounts.feeds (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    secret bytea NOT NULL,
    made text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, person),
    UNIQUE (workspace, secret)
);
CREATE TABLE cchc_accounts.facts (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    id bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    at text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    channel text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    data text NOT NULL,
    client text,
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, key)
);
CREATE TABLE cchc_accounts.refusals (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (workspace, person, period)
);
CREATE TABLE cchc_accounts.lockouts (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    until text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, person)
);
CREATE TABLE cchc_accounts.saved_views (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    number bigint NOT NULL,
    person text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    page text COLLATE "C" NOT NULL,
    query text NOT NULL,
    made text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, number),
    UNIQUE (workspace, person, name)
);
CREATE TABLE cchc_accounts.plan_readings (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    digest text COLLATE "C" NOT NULL,
    name text NOT NULL,
    inputs text NOT NULL,
    at text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, person, digest)
);
CREATE TABLE cchc_accounts.feed_days (
    workspace text COLLATE "C" NOT NULL DEFAULT current_setting('cchc.workspace'),
    person text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, person)
);

-- Rows are numbered for each workspace, as SQLite does it: one transaction writes the accounts of a workspace
-- at a time.
CREATE FUNCTION cchc_accounts.next_session() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(max(id), 0) + 1 FROM cchc_accounts.sessions
    WHERE workspace = (SELECT current_setting('cchc.workspace'))
$$;
CREATE FUNCTION cchc_accounts.next_fact() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(max(id), 0) + 1 FROM cchc_accounts.facts
    WHERE workspace = (SELECT current_setting('cchc.workspace'))
$$;
CREATE FUNCTION cchc_accounts.next_view() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(max(number), 0) + 1 FROM cchc_accounts.saved_views
    WHERE workspace = (SELECT current_setting('cchc.workspace'))
$$;
ALTER TABLE cchc_accounts.sessions ALTER COLUMN id SET DEFAULT cchc_accounts.next_session();
ALTER TABLE cchc_accounts.facts ALTER COLUMN id SET DEFAULT cchc_accounts.next_fact();
ALTER TABLE cchc_accounts.saved_views ALTER COLUMN number SET DEFAULT cchc_accounts.next_view();

-- The workspace comes last: an INSERT without a list of columns leaves it to its default.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT c.table_name AS name,
            string_agg(quote_ident(c.column_name), ', ' ORDER BY c.ordinal_position) AS columns
        FROM information_schema.columns c
        WHERE c.table_schema = 'cchc_accounts' AND c.column_name <> 'workspace'
        GROUP BY c.table_name
    LOOP
        EXECUTE format(
            'CREATE VIEW cchc_accounts_here.%I WITH (security_invoker) AS SELECT %s, workspace'
            ' FROM cchc_accounts.%I WHERE workspace = (SELECT current_setting(''cchc.workspace''))'
            ' WITH LOCAL CHECK OPTION', found.name, found.columns, found.name);
    END LOOP;
END
$$;

-- Who read what: for each workspace and month a tree of its own, as in the files of SQLite.
CREATE SCHEMA cchc_reads;

CREATE TABLE cchc_reads.heads (
    workspace text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    note text NOT NULL,
    is_closed boolean NOT NULL,
    PRIMARY KEY (workspace, month)
);
CREATE TABLE cchc_reads.reads (
    workspace text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    person text COLLATE "C" NOT NULL,
    thing text COLLATE "C" NOT NULL,
    act text COLLATE "C" NOT NULL,
    hour text COLLATE "C" NOT NULL,
    leaf bytea NOT NULL CHECK (length(leaf) = 32),
    body bytea NOT NULL,
    PRIMARY KEY (workspace, month, position),
    UNIQUE (workspace, month, thing, person, act, hour)
);
CREATE INDEX reads_by_person ON cchc_reads.reads (workspace, month, person, position);
CREATE TABLE cchc_reads.nodes (
    workspace text COLLATE "C" NOT NULL,
    month text COLLATE "C" NOT NULL,
    level bigint NOT NULL CHECK (level > 0),
    idx bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (workspace, month, level, idx)
);

-- Appends an entry when the month still ends as its writer knows it (`known`: the note; null: no entry yet).
-- Answers done, known (there is one with its key), closed, moved on (somebody else was faster: read the end, and
-- try again), or retired (the workspace went to another home).
CREATE FUNCTION cchc_reads.append(
    of_workspace text, of_month text, known text, of_position bigint,
    of_person text, of_thing text, of_act text, of_hour text, of_leaf bytea, of_body bytea,
    levels bigint[], idxs bigint[], hashes bytea[], new_note text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head cchc_reads.heads;
BEGIN
    IF EXISTS (SELECT 1 FROM cchc_log.heads h WHERE h.workspace = of_workspace AND h.moved_to IS NOT NULL) THEN
        RETURN 'retired';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('reads ' || of_workspace || ' ' || of_month, 0));
    IF EXISTS (SELECT 1 FROM cchc_reads.reads r WHERE r.workspace = of_workspace AND r.month = of_month
               AND r.thing = of_thing AND r.person = of_person AND r.act = of_act AND r.hour = of_hour) THEN
        RETURN 'known';
    END IF;
    SELECT h.* INTO head FROM cchc_reads.heads h WHERE h.workspace = of_workspace AND h.month = of_month;
    IF head.is_closed THEN
        RETURN 'closed';
    END IF;
    IF head.note IS DISTINCT FROM known THEN
        RETURN 'moved on';
    END IF;
    INSERT INTO cchc_reads.reads VALUES (
        of_workspace, of_month, of_position, of_person, of_thing, of_act, of_hour, of_leaf, of_body);
    INSERT INTO cchc_reads.nodes
        SELECT of_workspace, of_month, n.level, n.idx, n.hash
        FROM unnest(levels, idxs, hashes) AS n (level, idx, hash);
    INSERT INTO cchc_reads.heads VALUES (of_workspace, of_month, new_note, false)
        ON CONFLICT (workspace, month) DO UPDATE SET note = excluded.note;
    RETURN 'done';
END
$$;

-- Takes a month of another home, row for row, while the workspace is not in use here; false when what is here of
-- this month is not how that one begins.
CREATE FUNCTION cchc_reads.take_month(
    of_workspace text, of_month text, positions bigint[],
    persons text[], things text[], acts text[], hours text[], leaves bytea[], bodies bytea[],
    levels bigint[], idxs bigint[], hashes bytea[], of_note text, closed boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    head cchc_reads.heads;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('reads ' || of_workspace || ' ' || of_month, 0));
    SELECT h.* INTO head FROM cchc_reads.heads h WHERE h.workspace = of_workspace AND h.month = of_month;
    IF head.note = of_note AND head.is_closed = closed THEN
        RETURN true;
    END IF;
    IF head.is_closed
       OR (head.note IS NOT NULL AND EXISTS (
           SELECT 1 FROM cchc_log.heads h WHERE h.workspace = of_workspace AND h.moved_to IS NULL))
       OR EXISTS (SELECT 1 FROM cchc_reads.reads r WHERE r.workspace = of_workspace AND r.month = of_month
                  AND r.leaf IS DISTINCT FROM leaves[r.position])
    THEN
        RETURN false;
    END IF;
    INSERT INTO cchc_reads.reads
        SELECT of_workspace, of_month, r.* FROM unnest(
            positions, persons, things, acts, hours, leaves, bodies) AS r
        ON CONFLICT DO NOTHING;
    INSERT INTO cchc_reads.nodes
        SELECT of_workspace, of_month, n.* FROM unnest(levels, idxs, hashes) AS n
        ON CONFLICT DO NOTHING;
    INSERT INTO cchc_reads.heads VALUES (of_workspace, of_month, of_note, closed)
        ON CONFLICT (workspace, month) DO UPDATE SET note = excluded.note, is_closed = excluded.is_closed;
    RETURN true;
END
$$;

-- Lets a month take no more entries; returns its note, null when it has no entry.
CREATE FUNCTION cchc_reads.close_month(of_workspace text, of_month text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('reads ' || of_workspace || ' ' || of_month, 0));
    UPDATE cchc_reads.heads h SET is_closed = true
        WHERE h.workspace = of_workspace AND h.month = of_month RETURNING h.note INTO found;
    RETURN found;
END
$$;

-- Deletes a month that has no entries, or of which the log says that its time is over.
CREATE FUNCTION cchc_reads.delete_month(of_workspace text, of_month text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM cchc_reads.reads r WHERE r.workspace = of_workspace AND r.month = of_month)
       AND NOT EXISTS (SELECT 1 FROM cchc_log.events e
                   WHERE e.workspace = of_workspace AND e.stream = 'reads-' || of_month
                     AND e.type LIKE 'log.reads_deleted/%') THEN
        RAISE EXCEPTION 'no event says that the month is deleted' USING ERRCODE = 'CF001';
    END IF;
    DELETE FROM cchc_reads.reads r WHERE r.workspace = of_workspace AND r.month = of_month;
    DELETE FROM cchc_reads.nodes n WHERE n.workspace = of_workspace AND n.month = of_month;
    DELETE FROM cchc_reads.heads h WHERE h.workspace = of_workspace AND h.month = of_month;
END
$$;

REVOKE ALL ON FUNCTION
    cchc_log.store_content, cchc_log.delete_content, cchc_log.keep_secret,
    cchc_reads.append, cchc_reads.take_month, cchc_reads.close_month, cchc_reads.delete_month
FROM PUBLIC;
GRANT USAGE ON SCHEMA cchc_accounts, cchc_accounts_here, cchc_reads TO cchc_node;
GRANT SELECT ON cchc_log.vault, cchc_log.secrets TO cchc_node;
GRANT SELECT ON ALL TABLES IN SCHEMA cchc_reads TO cchc_node;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA cchc_accounts, cchc_accounts_here TO cchc_node;
GRANT EXECUTE ON FUNCTION
    cchc_log.store_content, cchc_log.delete_content, cchc_log.keep_secret,
    cchc_reads.append, cchc_reads.take_month, cchc_reads.close_month, cchc_reads.delete_month
TO cchc_node;
