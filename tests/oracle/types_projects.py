#!/usr/bin/env python3
"""Runs drizzle-audit's `types` over real public projects and asks the TypeScript compiler about every property it compared.

usage: types_projects.py --binary PATH --projects DIR [--only SUBSTRING] [--verbose]

DIR/owner__name is a work tree of each repository of projects.json. For every type that drizzle-audit gives to a table, types.mjs compares
the same pair; a property is judged unless an import that the compiler cannot resolve makes one side `any`. One line a project: types,
properties, what we call unknown, what the compiler could judge, printed types that agree, contradictions. Exit status 1 when there is one.
"""
import argparse, collections, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def run_json(command):
    run = subprocess.run(command, capture_output=True, text=True, timeout=900)
    if run.returncode not in (0, 1) or not run.stdout:
        return None, run.stderr.strip().split("\n")[0][:200] or f"exit status {run.returncode} without output"
    return json.loads(run.stdout), None


def oracle(pairs, extra):
    """Results by pair. A pair that the oracle cannot find is left out, with its reason."""
    results, missing = {}, {}
    pairs = list(pairs)
    while pairs:
        command = ["node", os.path.join(HERE, "types.mjs"), "--loose", *extra]
        for table, domain in pairs:
            command += [table, domain]
        run = subprocess.run(command, capture_output=True, text=True, timeout=1800)
        if run.returncode == 0:
            for pair, result in zip(pairs, json.loads(run.stdout)["pairs"]):
                results[pair] = result
            return results, missing
        message = run.stderr.strip().split("\n")[0]
        name = re.search(r"has no (?:variable|interface, type or class) named (\S+)|no such file: (\S+)|(\S+) in \S+ is not a Drizzle table", message)
        bad = name and next(group for group in name.groups() if group)
        path = re.search(r"types: (\S+) has no|in (\S+) is not", message)
        file = os.path.basename(next(group for group in path.groups() if group)) if path else ""
        left = [p for p in pairs if not bad or not any(r.endswith("#" + bad) and (not file or r.split("#")[0].endswith(file)) for r in p)]
        if len(left) == len(pairs):
            for pair in pairs:
                missing[pair] = message
            return results, missing
        for pair in pairs:
            if pair not in left:
                missing[pair] = message
        pairs = left
    return results, missing


def tables_of(model, root):
    schemas = [model] if "tables" in model else model["schemas"]
    tables = {}
    for schema in schemas:
        for table in schema["tables"]:
            if table.get("location"):
                key = (table.get("schema"), table["name"] if isinstance(table["name"], str) else table["export"])
                tables.setdefault(key, os.path.join(root, table["location"]["path"]) + "#" + table["export"])
    return tables


def zod_of(path, root):
    """The major version of zod that this file's package or one around it asks for, the highest: what is not installed, the compiler takes
    from here."""
    versions, folder = [3], os.path.dirname(path)
    while folder.startswith(root):
        for name in ("package.json", "pnpm-workspace.yaml"):
            if os.path.exists(os.path.join(folder, name)):
                with open(os.path.join(folder, name)) as file:
                    found = re.search(r"""["']?(?<![-\w/])zod["']?:\s*["']?[~^]?(\d+)""", file.read())
                versions += [int(found[1])] if found else []
        folder = os.path.dirname(folder)
    return str(max(versions))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--projects", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    with open(os.path.join(HERE, "projects.json")) as file:
        projects = json.load(file)
    total = collections.Counter()
    print("| project | types | declared/derived/inferred | properties | unknown | judged by tsc | printed alike | contradictions |")
    print("| --- | --: | --- | --: | --: | --: | --: | --: |")
    for project in projects:
        label = project["repo"] + ":" + project["config"]
        root = os.path.join(arguments.projects, project["repo"].replace("/", "__"))
        if arguments.only not in label or not os.path.isdir(root):
            continue
        flags = ["--root", root, "--drizzle-config", os.path.join(root, project["config"])]
        types, error = run_json([arguments.binary, "types", *flags, "--format", "json"])
        model, model_error = run_json([arguments.binary, "schema", *flags, "--format", "json"])
        if error or model_error:
            print(f"{label}: {error or model_error}", file=sys.stderr)
            total["failed"] += 1
            continue
        tables = tables_of(model, root)
        count = collections.Counter()
        by_pair = {}
        for entry in types["types"]:
            count[entry["mapping"]["kind"]] += 1
            table = tables.get((entry["schema"], entry["table"]))
            pair = (table, os.path.join(root, entry["location"]["path"]) + "#" + entry["type"])
            if table:
                by_pair.setdefault(entry.get("row", "select"), {})[pair] = entry
            count["properties"] += len(entry["properties"])
            count["unknown"] += sum("unknown" in p for p in entry["properties"])
        extra = ["--orm", os.path.join(HERE, "v1")] if project.get("orm") == "v1" else []
        for row, entries in by_pair.items():
            # A part of the project at a time: each is a program for the compiler.
            groups = collections.defaultdict(list)
            for pair in entries:
                groups[os.path.relpath(pair[1], root).split(os.sep)[0], zod_of(pair[1].split("#")[0], root)].append(pair)
            for (_, zod), pairs in groups.items():
                results, missing = oracle(pairs, extra + ["--zod", zod] + (["--insert"] if row == "insert" else []))
                for pair, message in missing.items():
                    count["missing"] += 1
                    if arguments.verbose:
                        print(f"  not judged: {pair[1]}: {message}", file=sys.stderr)
                for pair, result in results.items():
                    judged = {p.get("domainName", p["name"]): p for p in result["properties"]}
                    for ours in entries[pair]["properties"]:
                        theirs = judged.get(ours["property"])
                        if theirs is None:
                            count["not compared"] += 1
                            if arguments.verbose:
                                print(f"  not a property for tsc: {pair[1]}.{ours['property']}", file=sys.stderr)
                            continue
                        if theirs["table"].get("any") or theirs["domain"].get("any") or theirs["domain"]["type"] == "any":
                            count["any"] += 1
                            continue
                        count["judged"] += 1
                        if "unknown" in ours:
                            if arguments.verbose:
                                print(f"  unknown: {pair[1]}.{ours['property']}: {ours['unknown']} (tsc: {theirs['domain']['type'][:100]})", file=sys.stderr)
                            continue
                        if (ours["row"], ours["domain"]) == (theirs["table"]["type"], theirs["domain"]["type"]):
                            count["alike"] += 1
                        elif arguments.verbose:
                            print(f"  printed: {pair[1]}.{ours['property']}: {ours['row'][:80]} / {ours['domain'][:80]}; tsc: {theirs['table']['type'][:80]} / {theirs['domain']['type'][:80]}", file=sys.stderr)
                        if (ours["rowToDomain"], ours["domainToRow"]) != (theirs["tableToDomain"], theirs["domainToTable"]):
                            count["wrong"] += 1
                            print(f"  WRONG {pair[1]}.{ours['property']}: {ours['row']} / {ours['domain']}: {ours['rowToDomain']}, {ours['domainToRow']}; "
                                  f"tsc: {theirs['table']['type']} / {theirs['domain']['type']}: {theirs['tableToDomain']}, {theirs['domainToTable']}", file=sys.stderr)
        print(f"| {label} | {len(types['types'])} | {count['declared']}/{count['derived']}/{count['inferred']} | {count['properties']} | {count['unknown']} | "
              f"{count['judged']} | {count['alike']} | {count['wrong']} |", flush=True)
        total.update(count)
        total["types"] += len(types["types"])
    print(f"| all | {total['types']} | {total['declared']}/{total['derived']}/{total['inferred']} | {total['properties']} | {total['unknown']} | {total['judged']} | "
          f"{total['alike']} | {total['wrong']} |")
    print(f"{total['missing']} types were not found by the compiler, {total['any']} properties were any there, {total['not compared']} were no properties for it", file=sys.stderr)
    sys.exit(1 if total["wrong"] or total["failed"] else 0)


if __name__ == "__main__":
    main()
