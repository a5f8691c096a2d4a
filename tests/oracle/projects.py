#!/usr/bin/env python3
"""Runs drizzle-audit and the oracle over real public projects and compares the two models fact by fact. A tool for people, no CTest:
it executes the projects' schema files, and their sources never belong into this repository.

usage: projects.py --clones DIR --scratch DIR [--binary PATH] [--only SUBSTRING] [--all]

DIR/owner+name/repo (a bare git directory) or DIR/owner+name (a work tree) must hold each repository of projects.json.
Without --binary only the oracle runs, which tells whether it can load a project. Sources and models are kept in the scratch
folder, so that a second run is quick. One line a project (--all: and one for each wrong fact); exit status 1 when a fact is wrong
or a project fails.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KEEP = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".json", ".jsonc", ".yaml", ".gitignore")


def extract(repo, clones, scratch):
    """The repository's source files, without binaries; None when it is not there."""
    target = os.path.join(scratch, "src", repo.replace("/", "__"))
    if os.path.exists(target):
        return target
    git = os.path.join(clones, repo.replace("/", "+"))
    if not os.path.isdir(git):
        return None
    git = os.path.join(git, "repo") if os.path.isdir(os.path.join(git, "repo")) else git
    names = subprocess.run(["git", "-C", git, "ls-tree", "-r", "--name-only", "-z", "HEAD"], capture_output=True, check=True).stdout
    names = [n for n in names.decode(errors="replace").split("\0") if n.endswith(KEEP) and "node_modules/" not in n]
    os.makedirs(target)
    for i in range(0, len(names), 400):  # a snapshot may lack large files: pack in portions, keep what comes
        packed = subprocess.run(["git", "-C", git, "archive", "HEAD", "--", *names[i:i + 400]], capture_output=True).stdout
        subprocess.run(["tar", "x", "-C", target], input=packed, stderr=subprocess.DEVNULL)
    return target


def link_packages(root, links):
    """A folder of links to the repository's own packages, to be used as NODE_PATH: `npm install` would have made them."""
    if os.path.exists(links):
        return
    os.makedirs(links)
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(f for f in folders if f != "node_modules")
        if "package.json" not in files:
            continue
        try:
            with open(os.path.join(folder, "package.json"), encoding="utf-8") as file:
                name = json.load(file).get("name")
        except (ValueError, AttributeError):
            continue
        link = os.path.join(links, name) if isinstance(name, str) and name and ".." not in name else None
        if link and not os.path.lexists(link):
            os.makedirs(os.path.dirname(link), exist_ok=True)
            os.symlink(folder, link)


def schema_files(root, project):
    found = [os.path.join(root, f) for f in project.get("schema", [])]
    for pattern in project.get("glob", []):
        found += sorted(f for f in glob.glob(os.path.join(root, pattern), recursive=True) if not f.endswith(project.get("without", "\0")))
    return found


def oracle_model(root, project, out, links):
    if not os.path.exists(out):
        link_packages(root, links)
        options = [x for key in ("orm", "casing", "dialect") if key in project for x in ("--" + key, project[key])]
        command = ["node", "snapshot.mjs", *options, *schema_files(root, project)]
        environment = {**os.environ, "NODE_PATH": links}
        run = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=600, env=environment, check=False)
        if run.returncode != 0:
            return None, " / ".join(run.stderr.strip().split("\n")[:2])[:240]
        with open(out, "w") as file:
            file.write(run.stdout)
    with open(out) as file:
        return json.load(file), None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clones", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--binary")
    parser.add_argument("--only", default="")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    os.makedirs(os.path.join(arguments.scratch, "models"), exist_ok=True)
    total = {"facts": 0, "equal": 0, "unknown": 0, "wrong": 0, "failed": 0}
    with open(os.path.join(HERE, "projects.json")) as file:
        projects = json.load(file)
    for project in projects:
        label = project["repo"] + ":" + project["config"]
        if arguments.only not in label:
            continue
        root = extract(project["repo"], arguments.clones, arguments.scratch)
        if root is None:
            print(f"{label}: not there")
            continue
        out = os.path.join(arguments.scratch, "models", label.replace("/", "__") + ".json")
        links = os.path.join(arguments.scratch, "links", project["repo"].replace("/", "__"))
        model, error = oracle_model(root, project, out, links)
        if error:
            print(f"{label}: the oracle cannot load it: {error}")
            continue
        counts = ", ".join(f"{len(model[k])} {k}" for k in ("tables", "enums", "views", "policies", "relations") if model.get(k))
        if not arguments.binary:
            print(f"{label}: {model['dialect']} {model['drizzleOrm']}: {counts}; stubbed {', '.join(model['stubbed']) or 'nothing'}")
            continue
        start = time.time()
        config = os.path.join(root, project["config"])
        command = [arguments.binary, "schema", "--root", root, "--drizzle-config", config, "--format", "json"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        elapsed = (time.time() - start) * 1000
        if run.returncode not in (0, 1):
            total["failed"] += 1
            print(f"{label}: exit {run.returncode}: {run.stderr.strip()[:200]}")
            continue
        ours = out[:-5] + ".ours.json"
        with open(ours, "w") as file:
            file.write(run.stdout)
        compare = ["node", os.path.join(HERE, "compare.mjs"), out, ours, "--root", root]
        result = json.loads(subprocess.run([*compare, "--json"], capture_output=True, text=True, check=False).stdout)
        wrong, unknown = result["wrong"], result["unknownFacts"]
        for key, value in (("facts", result["facts"]), ("equal", result["equal"]), ("unknown", unknown), ("wrong", wrong)):
            total[key] += value
        print(f"{label}: {result['equal']} of {result['facts']} facts equal, {unknown} unknown, {wrong} wrong, {elapsed:.0f} ms; {counts}")
        if arguments.all and (wrong or unknown):
            print(subprocess.run([*compare, "--all", "--unknown"], capture_output=True, text=True, check=False).stdout, end="")
    if arguments.binary:
        counted = f"{total['equal']} of {total['facts']} facts equal, {total['unknown']} unknown, {total['wrong']} wrong"
        print(f"all: {counted}, {total['failed']} failed")
        sys.exit(1 if total["wrong"] or total["failed"] else 0)


if __name__ == "__main__":
    main()
