-- The logs of many workspaces in one database. Tables only grow, and only through the functions below: the role
-- of a node may read and call them, nothing else. `edition.json` has what the catalogue says after this.

CREATE SCHEMA cchc_log;
CREATE SCHEMA cchc_here;

-- The tables that each append writes have no CHECK: every statement would parse them anew, a tenth of its time.
-- The function below keeps to what they would say, and the verification finds whoever goes round it.

-- The state that the next append of a workspace continues from: who appends locks its row.
CREATE TABLE cchc_log.heads (
    workspace text COLLATE "C" PRIMARY KEY,
    size bigint NOT NULL,
    made bigint NOT NULL,
    recordedtime text COLLATE "C" NOT NULL,
    subtrees bytea[] NOT NULL,
    root bytea NOT NULL,
    origin text NOT NULL,
    key text NOT NULL,
    demo boolean NOT NULL,
    title text NOT NULL,
    moved_to text
) WITH (fillfactor = 50);

CREATE TABLE cchc_log.events (
    workspace text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    recordedtime text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    leaf bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (workspace, position),
    UNIQUE (workspace, stream, version)
) PARTITION BY HASH (workspace);

-- The signed notes, beside the events: they come after the commit.
CREATE TABLE cchc_log.seals (
    workspace text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    seal text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, position)
) PARTITION BY HASH (workspace);

CREATE TABLE cchc_log.nodes (
    workspace text COLLATE "C" NOT NULL,
    level integer NOT NULL CHECK (level > 0),
    idx bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (workspace, level, idx)
) PARTITION BY HASH (workspace);

CREATE TABLE cchc_log.commits (
    workspace text COLLATE "C" NOT NULL,
    command_id text COLLATE "C" NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    command_digest bytea NOT NULL,
    voucher bytea,
    PRIMARY KEY (workspace, command_id),
    UNIQUE (workspace, last)
) PARTITION BY HASH (workspace);

CREATE TABLE cchc_log.contents (
    workspace text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    digest text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, digest, position)
) PARTITION BY HASH (workspace);

DO $$
DECLARE
    parent text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['events', 'seals', 'nodes', 'commits', 'contents'] LOOP
        FOR number IN 0..15 LOOP
            EXECUTE format(
                'CREATE TABLE cchc_log.%I PARTITION OF cchc_log.%I FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
                parent || '_' || number, parent, number);
        END LOOP;
    END LOOP;
END $$;

-- One workspace as the tables of SQLite show it: the one that the connection names. It is asked for in a
-- subquery: the planner would take the name of the moment for its estimates, keep the plan, and read all events
-- of the next workspace by the wrong index.
CREATE VIEW cchc_here.events AS
    SELECT e.position, e.stream, e.version, e.type, e.recordedtime, e.actor,
        (SELECT s.seal FROM cchc_log.seals s WHERE s.workspace = e.workspace AND s.position = e.position) AS seal,
        e.leaf, e.body
    FROM cchc_log.events e WHERE e.workspace = (SELECT current_setting('cchc.workspace', true));
CREATE VIEW cchc_here.nodes AS
    SELECT n.level, n.idx, n.hash
    FROM cchc_log.nodes n WHERE n.workspace = (SELECT current_setting('cchc.workspace', true));
CREATE VIEW cchc_here.commits AS
    SELECT c.command_id, c.first, c.last, c.command_digest, c.voucher
    FROM cchc_log.commits c WHERE c.workspace = (SELECT current_setting('cchc.workspace', true));
CREATE VIEW cchc_here.contents AS
    SELECT c.position, c.digest
    FROM cchc_log.contents c WHERE c.workspace = (SELECT current_setting('cchc.workspace', true));

CREATE FUNCTION cchc_log.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['events', 'seals', 'nodes', 'commits', 'contents'] LOOP
        EXECUTE format(
            'CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON cchc_log.%I'
            ' FOR EACH ROW EXECUTE FUNCTION cchc_log.refuse_change()', name);
        EXECUTE format(
            'CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON cchc_log.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION cchc_log.refuse_change()', name);
    END LOOP;
END $$;

-- Records one commit and returns its positions and the root after it, in one round trip: words with a space
-- between them, because a row of columns takes longer: outcome, first and last position, root (hex), number, and
-- the detail, which may have spaces. The outcome is one of done, repeated and reused (the command was carried out
-- before: with this digest, with another), conflict (detail and number: a stream and its version), late (detail:
-- the recordedtime that this one must not be before), key (another is in force), clock (number: the last event
-- was made out of the bounds), moved (detail: where the workspace is now), unsealed (a commit that is older by
-- half a minute still lacks its seal, which comes first: commits without seals never lie further apart than
-- writers who are on their way; it is looked for once in ten seconds), absent.
CREATE FUNCTION cchc_log.append(
    p_workspace text, p_command text, p_digest bytea, p_voucher bytea, p_key text, p_new_key text,
    p_guards text[], p_expected bigint[],
    p_streams text[], p_versions bigint[], p_types text[], p_bodies bytea[],
    p_content_events integer[], p_content_digests text[],
    p_recordedtime text, p_actor text, p_made bigint, p_made_from bigint, p_made_upto bigint
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cchc_log, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    head cchc_log.heads;
    earlier cchc_log.commits;
    outcome text;
    detail text := '';
    number bigint := 0;
    place integer;
    body bytea;
    node bytea;
    leaves bytea[] := '{}';
    tops bytea[];
    new_size bigint;
    size bigint;
    level integer;
    idx bigint;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append needs the isolation level read committed';
    END IF;
    IF 1 > ANY (p_versions) OR cardinality(p_bodies) = 0 THEN
        RAISE EXCEPTION 'versions begin at 1, and a commit has an event';
    END IF;
    SELECT h.* INTO head FROM cchc_log.heads h WHERE h.workspace = p_workspace FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN 'absent 0 0  0 ';
    END IF;
    new_size := head.size + cardinality(p_bodies);
    outcome := CASE
        WHEN head.moved_to IS NOT NULL THEN 'moved'
        WHEN head.key <> p_key THEN 'key'
        WHEN head.made NOT BETWEEN p_made_from AND p_made_upto THEN 'clock'
    END;
    IF outcome IS NOT NULL THEN
        detail := coalesce(head.moved_to, '');
        number := head.made;
    ELSE
        FOR place IN 1..cardinality(p_guards) LOOP
            -- Versions have no gaps: two of them tell. The sum keeps the planner from merging all partitions.
            SELECT coalesce(max(e.version + 0), 0) INTO number FROM cchc_log.events e
                WHERE e.workspace = p_workspace AND e.stream = p_guards[place]
                    AND e.version BETWEEN p_expected[place] AND p_expected[place] + 1;
            IF number <> p_expected[place] THEN
                SELECT coalesce(max(e.version), 0) INTO number FROM cchc_log.events e
                    WHERE e.workspace = p_workspace AND e.stream = p_guards[place];
                outcome := 'conflict';
                detail := p_guards[place];
                EXIT;
            END IF;
        END LOOP;
        IF outcome IS NULL AND p_recordedtime < head.recordedtime THEN
            outcome := 'late';
            detail := head.recordedtime;
        END IF;
        IF outcome IS NULL AND left(p_recordedtime, 18) <> left(head.recordedtime, 18) THEN
            SELECT max(s.position) INTO number FROM cchc_log.seals s WHERE s.workspace = p_workspace;
            SELECT e.recordedtime INTO detail FROM cchc_log.events e
                WHERE e.workspace = p_workspace AND e.position = coalesce(number, 0) + 1;
            IF detail::timestamptz < p_recordedtime::timestamptz - interval '30 seconds' THEN
                outcome := 'unsealed';
            END IF;
        END IF;
    END IF;
    IF outcome IS NULL THEN
        INSERT INTO cchc_log.commits (workspace, command_id, first, last, command_digest, voucher)
            VALUES (p_workspace, p_command, head.size + 1, new_size, p_digest, p_voucher)
            ON CONFLICT DO NOTHING;  -- to name an index takes long where there are partitions
    END IF;
    IF outcome IS NOT NULL OR NOT FOUND THEN
        SELECT c.* INTO earlier FROM cchc_log.commits c
            WHERE c.workspace = p_workspace AND c.command_id = p_command;
        IF NOT FOUND THEN
            IF outcome IS NULL THEN
                RAISE EXCEPTION 'another commit ends at position %', new_size;
            END IF;
            RETURN concat(outcome, ' 0 0  ', coalesce(number, 0), ' ', detail);
        END IF;
        outcome := CASE WHEN earlier.command_digest = p_digest THEN 'repeated' ELSE 'reused' END;
        RETURN concat(outcome, ' ', earlier.first, ' ', earlier.last, '  0 ');
    END IF;

    tops := head.subtrees;
    size := head.size;
    FOREACH body IN ARRAY p_bodies LOOP
        node := sha256('\x00'::bytea || body);
        leaves := leaves || node;
        level := 0;
        idx := size;
        WHILE idx & 1 = 1 LOOP
            node := sha256('\x01'::bytea || tops[cardinality(tops)] || node);
            tops := trim_array(tops, 1);
            level := level + 1;
            idx := idx >> 1;
            IF level >= 4 THEN
                INSERT INTO cchc_log.nodes (workspace, level, idx, hash) VALUES (p_workspace, level, idx, node);
            END IF;
        END LOOP;
        tops := tops || node;
        size := size + 1;
    END LOOP;
    place := cardinality(tops);
    node := tops[place];
    WHILE place > 1 LOOP
        place := place - 1;
        node := sha256('\x01'::bytea || tops[place] || node);
    END LOOP;

    IF cardinality(p_bodies) = 1 THEN
        INSERT INTO cchc_log.events (workspace, position, stream, version, type, recordedtime, actor, leaf, body)
            VALUES (p_workspace, size, p_streams[1], p_versions[1], p_types[1], p_recordedtime, p_actor,
                leaves[1], p_bodies[1]);
    ELSE
        INSERT INTO cchc_log.events (workspace, position, stream, version, type, recordedtime, actor, leaf, body)
            SELECT p_workspace, head.size + n, given.stream, given.version, given.type, p_recordedtime, p_actor,
                given.leaf, given.body
            FROM unnest(p_streams, p_versions, p_types, leaves, p_bodies)
                WITH ORDINALITY AS given (stream, version, type, leaf, body, n);
    END IF;
    IF cardinality(p_content_events) > 0 THEN
        INSERT INTO cchc_log.contents (workspace, position, digest)
            SELECT p_workspace, head.size + given.event, given.digest
            FROM unnest(p_content_events, p_content_digests) AS given (event, digest);
    END IF;
    UPDATE cchc_log.heads h SET size = new_size, made = p_made, recordedtime = p_recordedtime,
        subtrees = tops, root = node, key = coalesce(p_new_key, h.key)
        WHERE h.workspace = p_workspace;
    IF current_setting('synchronous_commit') = 'off' THEN
        PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    RETURN concat('done ', head.size + 1, ' ', new_size, ' ', encode(node, 'hex'), ' 0 ');
END $$;

-- Stores the seals of commits of one workspace, unless they have one, and tells the nodes of its newest position.
-- By itself it does not wait for the disk: a seal that is lost is signed again.
CREATE FUNCTION cchc_log.seal(p_workspace text, p_positions bigint[], p_seals text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cchc_log, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    stray bigint;
BEGIN
    IF pg_current_xact_id_if_assigned() IS NULL THEN
        PERFORM set_config('synchronous_commit', 'off', true);
    END IF;
    SELECT given.position INTO stray FROM unnest(p_positions) AS given (position)
        WHERE (SELECT c.last FROM cchc_log.commits c
            WHERE c.workspace = p_workspace AND c.last = given.position) IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'no commit ends at position %', stray;
    END IF;
    INSERT INTO cchc_log.seals (workspace, position, seal)
        SELECT p_workspace, given.position, given.seal
        FROM unnest(p_positions, p_seals) AS given (position, seal) ON CONFLICT DO NOTHING;
    PERFORM pg_notify('cchc_log', p_workspace || ' ' || max(given.position))
        FROM unnest(p_positions) AS given (position);
END $$;

-- Keeps other writers of a workspace out until the end of the transaction; returns its size, NULL when it is not
-- there: then nobody else can found it meanwhile.
CREATE FUNCTION cchc_log.lock(p_workspace text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, cchc_log, pg_temp AS $$
DECLARE
    size bigint;
BEGIN
    SELECT h.size INTO size FROM cchc_log.heads h WHERE h.workspace = p_workspace FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('cchc_log ' || p_workspace, 0));
        SELECT h.size INTO size FROM cchc_log.heads h WHERE h.workspace = p_workspace FOR NO KEY UPDATE;
    END IF;
    RETURN size;
END $$;

-- Founds a workspace whose opening event is appended next, in the same transaction.
CREATE FUNCTION cchc_log.found(p_workspace text, p_origin text, p_key text, p_demo boolean, p_title text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, cchc_log, pg_temp AS $$
    INSERT INTO cchc_log.heads (workspace, size, made, recordedtime, subtrees, root, origin, key, demo, title)
    VALUES (p_workspace, 0, 0, '', '{}', sha256(''), p_origin, p_key, p_demo, p_title);
$$;

-- Says to which home a workspace went, so that it takes no more events here; NULL: it has come back. Who calls it
-- holds the row (`lock`), and brings the rest over in the same transaction.
CREATE FUNCTION cchc_log.move(p_workspace text, p_place text) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, cchc_log, pg_temp AS $$
    UPDATE cchc_log.heads SET moved_to = p_place WHERE workspace = p_workspace;
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cchc_node') THEN
        CREATE ROLE cchc_node NOLOGIN;
    END IF;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA cchc_log FROM PUBLIC;
GRANT USAGE ON SCHEMA cchc_log, cchc_here TO cchc_node;
GRANT SELECT ON ALL TABLES IN SCHEMA cchc_log, cchc_here TO cchc_node;
GRANT EXECUTE ON FUNCTION cchc_log.append, cchc_log.seal, cchc_log.lock, cchc_log.found, cchc_log.move TO cchc_node;
