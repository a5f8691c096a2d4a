-- What the plan did and what it moved out of the way is kept in the schema {{quarantine}}; rollback.sql reads it and removes it.
DO $support$
BEGIN
  IF to_regnamespace({{quarantine_text}}) IS NULL THEN
    CREATE SCHEMA {{quarantine}};
  END IF;
  IF to_regclass({{steps_text}}) IS NULL THEN
    CREATE TABLE {{quarantine}}.steps (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      kind text NOT NULL,      -- constraint, index, check, not null, trigger, function, schema, view, column, dropped index, dropped constraint, quarantine
      relation text NOT NULL,  -- the table, quoted and with its schema
      name text NOT NULL,
      definition text,         -- the statement that brings back what was dropped
      done_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (kind, relation, name)
    );
  END IF;
END
$support$;
