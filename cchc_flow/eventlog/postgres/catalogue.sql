-- What a database says of the log's schemas: kind, name and definition of each object, the same on every server.
-- Owners and accounts have other names everywhere: the owner of cchc_log is called «owner» in what is granted.
WITH ours AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_catalog.pg_namespace n
    WHERE n.nspname LIKE 'cchc\_%'
), owner AS (
    SELECT o.nspowner AS oid FROM ours o WHERE o.nspname = 'cchc_log'
), objects AS (
    SELECT 'schema' AS kind, o.nspname::text AS name, '' AS definition,
        o.nspowner AS owned_by, coalesce(o.nspacl, acldefault('n', o.nspowner)) AS acl
    FROM ours o
    UNION ALL
    SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' WHEN 'r' THEN 'table' WHEN 'p' THEN 'table'
            ELSE 'relation ' || c.relkind::text END,
        o.nspname || '.' || c.relname,
        concat_ws('; ', c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
            array_to_string(c.reloptions, ','), pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
            (SELECT string_agg(i.inhparent::regclass::text, ',') FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid),
            (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                    a.attcollation::regcollation, a.attgenerated, a.attidentity, pg_get_expr(d.adbin, d.adrelid)),
                ', ' ORDER BY a.attnum)
                FROM pg_catalog.pg_attribute a
                LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END),
        c.relowner, coalesce(c.relacl, acldefault('r', c.relowner))
    FROM pg_catalog.pg_class c JOIN ours o ON o.oid = c.relnamespace
    WHERE c.relkind NOT IN ('i', 'I', 'c')
    UNION ALL
    SELECT 'index', o.nspname || '.' || c.relname, concat_ws('; ', pg_get_indexdef(c.oid), x.indisvalid, x.indisready,
        x.indislive), c.relowner, NULL
    FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid JOIN ours o ON o.oid = c.relnamespace
    UNION ALL
    SELECT 'constraint', t.conrelid::regclass || ': ' || t.conname, concat_ws('; ', pg_get_constraintdef(t.oid),
        t.convalidated, t.condeferrable), c.relowner, NULL
    FROM pg_catalog.pg_constraint t JOIN pg_catalog.pg_class c ON c.oid = t.conrelid JOIN ours o ON o.oid = c.relnamespace
    WHERE t.contype <> 'n'
    UNION ALL
    SELECT 'trigger', t.tgrelid::regclass || ': ' || t.tgname, concat_ws('; ', pg_get_triggerdef(t.oid), t.tgenabled),
        c.relowner, NULL
    FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid JOIN ours o ON o.oid = c.relnamespace
    WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
    UNION ALL
    SELECT 'rule', r.ev_class::regclass || ': ' || r.rulename, pg_get_ruledef(r.oid), c.relowner, NULL
    FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN ours o ON o.oid = c.relnamespace
    WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT 'policy', p.polrelid::regclass || ': ' || p.polname, pg_get_expr(p.polqual, p.polrelid), c.relowner, NULL
    FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid JOIN ours o ON o.oid = c.relnamespace
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, concat_ws('; ', pg_get_function_arguments(p.oid),
        pg_get_function_result(p.oid), l.lanname, p.prokind, p.prosecdef, p.provolatile, p.proleakproof, p.proisstrict,
        array_to_string(p.proconfig, ','), p.prosrc, pg_get_function_sqlbody(p.oid)),
        p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
    FROM pg_catalog.pg_proc p JOIN ours o ON o.oid = p.pronamespace JOIN pg_catalog.pg_language l ON l.oid = p.prolang
    UNION ALL
    SELECT 'type', t.oid::regtype::text, t.typtype::text, t.typowner, NULL
    FROM pg_catalog.pg_type t JOIN ours o ON o.oid = t.typnamespace
    WHERE t.typrelid = 0 AND NOT EXISTS (
        SELECT 1 FROM pg_catalog.pg_type e LEFT JOIN pg_catalog.pg_class c ON c.oid = e.typrelid
        WHERE e.typarray = t.oid AND c.relkind <> 'c')
    UNION ALL
    SELECT 'operator', p.oid::regoperator::text, p.oprcode::text, p.oprowner, NULL
    FROM pg_catalog.pg_operator p JOIN ours o ON o.oid = p.oprnamespace
    UNION ALL
    SELECT 'role', r.rolname::text, concat_ws('; ', r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin,
        r.rolreplication, r.rolbypassrls,
        (SELECT string_agg(m.roleid::regrole::text, ',') FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid)),
        (SELECT w.oid FROM owner w), NULL
    FROM pg_catalog.pg_roles r WHERE r.rolname = 'cchc_node'
    UNION ALL
    SELECT 'database', 'encoding', pg_encoding_to_char(d.encoding), (SELECT w.oid FROM owner w), NULL
    FROM pg_catalog.pg_database d WHERE d.datname = current_database()
    UNION ALL
    SELECT 'setting', split_part(s.words, '=', 1), s.words, (SELECT w.oid FROM owner w), NULL
    FROM (SELECT unnest(x.setconfig) AS words FROM pg_catalog.pg_db_role_setting x) s
    WHERE s.words LIKE 'session_replication_role=%'
)
SELECT b.kind, b.name, concat_ws('; ', b.definition,
    CASE WHEN b.owned_by <> (SELECT w.oid FROM owner w) THEN 'of ' || b.owned_by::regrole END,
    (SELECT string_agg(concat_ws(' ', g.who, g.privilege_type, CASE WHEN g.is_grantable THEN 'on' END), ', '
            ORDER BY g.who, g.privilege_type)
        FROM (SELECT a.privilege_type, a.is_grantable, CASE a.grantee WHEN 0 THEN 'everybody'
                WHEN (SELECT w.oid FROM owner w) THEN 'owner' ELSE a.grantee::regrole::text END AS who
            FROM aclexplode(b.acl) a) g
        WHERE g.who IN ('cchc_node', 'everybody') OR (g.who <> 'owner' AND g.privilege_type NOT IN ('SELECT', 'USAGE'))))
FROM objects b ORDER BY 1, 2
