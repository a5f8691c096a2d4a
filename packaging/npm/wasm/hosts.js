// What the WebAssembly program is given for an operating system (src/platform/host.h). A method returns text or bytes, or throws an Error
// whose message is a clause for people. Paths are absolute and have `/`; on Windows "C:\shop" is "/C:/shop".
'use strict';

const kNothing = -1;
const kFile = 0;
const kFolder = 1;
const kOther = 2;

const tooLarge = (limit) =>
  new Error(limit >= 1 << 20 ? `is larger than ${Math.floor(limit / (1 << 20))} MB` : `is larger than ${limit} bytes`);

const kReadReasons = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  ELOOP: 'is a loop of symbolic links',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EISDIR: 'is a folder',
};
const kWriteReasons = {
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  ENOSPC: 'No space left on device',
  EROFS: 'Read-only file system',
};
const because = (reasons, error) => new Error(reasons[error.code] || error.message);

/// Paths between the program and Node.js.
function pathsOf(platform) {
  if (platform !== 'win32') return { fromNative: (path) => path, toNative: (path) => path };
  return {
    fromNative: (path) => {
      const slashed = path.replace(/\\/g, '/').replace(/^\/\/\?\/UNC\//, '//').replace(/^\/\/\?\//, '');
      return /^[A-Za-z]:/.test(slashed) ? `/${slashed}` : slashed;
    },
    toNative: (path) => {
      const [, drive, rest] = /^\/([A-Za-z]:)(.*)$/s.exec(path) || [];
      return (drive ? drive + (rest || '/') : path).replace(/\//g, '\\');
    },
  };
}

/// The disk and the streams of this process. With `output` (a list of byte arrays for stdout and stderr) nothing is printed.
function nodeHost(words, output) {
  const fs = require('node:fs');
  const { fromNative, toNative } = pathsOf(process.platform);

  const kindOf = (stats) => (stats.isFile() ? kFile : stats.isDirectory() ? kFolder : kOther);

  function writeAll(descriptor, bytes) {
    for (let at = 0; at < bytes.length; ) {
      try {
        at += fs.writeSync(descriptor, bytes, at);
      } catch (error) {
        if (error.code === 'EPIPE' || error.code === 'EOF') return; // the reader has gone away: nobody wants the rest
        if (error.code !== 'EAGAIN') throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // a full pipe that does not block
      }
    }
  }

  function replaceFile(path, bytes) {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    if (stats && stats.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (stats && !stats.isFile()) {
      const device = fs.openSync(path, 'w');
      try {
        return writeAll(device, bytes);
      } finally {
        fs.closeSync(device);
      }
    }
    const target = stats ? fs.realpathSync(path) : path;
    const neighbour = `${target}.${process.pid}.tmp`;
    fs.writeFileSync(neighbour, bytes, { flag: 'wx' });
    try {
      fs.renameSync(neighbour, target);
    } catch (error) {
      fs.unlinkSync(neighbour);
      throw error;
    }
  }

  return {
    arguments: () => words,
    currentFolder: () => fromNative(process.cwd()),
    fromNative,
    toNative,
    variable: (name) => process.env[name] || '',
    write(stream, bytes) {
      if (output) output[stream].push(bytes);
      else writeAll(stream, bytes);
    },
    writeFile(path, bytes) {
      try {
        replaceFile(toNative(path), bytes);
      } catch (error) {
        throw because(kWriteReasons, error);
      }
    },
    isTerminal: (stream) => !output && require('node:tty').isatty(stream),
    columns: () => process.stdout.columns || 0,
    kind(path) {
      if (process.platform === 'win32' && path === '/') return kFolder; // above all drives
      try {
        const stats = fs.statSync(toNative(path), { throwIfNoEntry: false });
        if (stats) return kindOf(stats);
        return fs.lstatSync(toNative(path), { throwIfNoEntry: false }) ? kOther : kNothing;
      } catch {
        return kNothing;
      }
    },
    read(path, limit) {
      let descriptor;
      try {
        // Non-blocking: opening a pipe would otherwise wait for a writer.
        descriptor = fs.openSync(toNative(path), fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK || 0));
      } catch (error) {
        throw because(kReadReasons, error);
      }
      try {
        const stats = fs.fstatSync(descriptor);
        if (stats.isDirectory()) throw new Error('is a folder');
        if (stats.isFIFO()) throw new Error('is a pipe');
        if (!stats.isFile()) throw new Error('is not a regular file');
        if (stats.size > limit) throw tooLarge(limit);
        const bytes = fs.readFileSync(descriptor);
        if (bytes.length > limit) throw tooLarge(limit);
        return bytes;
      } catch (error) {
        throw error.code ? because(kReadReasons, error) : error;
      } finally {
        fs.closeSync(descriptor);
      }
    },
    list(path) {
      if (process.platform === 'win32' && path === '/') return '';
      const folder = toNative(path);
      let text = '';
      for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        let kind = kindOf(entry);
        const isLink = entry.isSymbolicLink();
        if (isLink || !(entry.isFile() || entry.isDirectory())) {
          const child = this.kind(path === '/' ? `/${entry.name}` : `${path}/${entry.name}`);
          kind = child === kNothing ? kOther : child;
        }
        text += `${kind}${isLink ? 'l' : '-'}${entry.name}\0`;
      }
      return text;
    },
    realPath: (path) => fromNative(fs.realpathSync.native(toNative(path))),
    run([program, ...words], variables, input) {
      const env = { ...process.env };
      for (const variable of variables) {
        const [, name, , value] = /^([^=]*)(=(.*))?$/s.exec(variable);
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
      const child = require('node:child_process').spawnSync(program, words, { env, input, maxBuffer: Infinity, windowsHide: true });
      // A program that ends before it has read its input is none that could not be started.
      if (child.error && child.pid === 0) throw new Error(child.error.code === 'ENOENT' ? 'it is not in PATH' : child.error.message);
      const status = child.status === null ? 128 + (require('node:os').constants.signals[child.signal] || 0) : child.status;
      return { status, out: child.stdout, err: child.stderr };
    },
  };
}

/// Files in memory: `files` maps absolute paths to texts. Nothing else exists but the folder `root`.
function memoryHost(words, files, root, output) {
  const encoder = new TextEncoder();
  const folders = new Map([['/', new Map()], [root, new Map()]]); // folder -> name -> kind
  for (const path of files.keys()) {
    let kind = kFile;
    for (let child = path; child !== '/'; ) {
      const slash = child.lastIndexOf('/');
      const parent = child.slice(0, slash) || '/';
      if (!folders.has(parent)) folders.set(parent, new Map());
      folders.get(parent).set(child.slice(slash + 1), kind);
      child = parent;
      kind = kFolder;
    }
  }
  const refuse = () => {
    throw new Error('files in memory are not written');
  };
  return {
    arguments: () => words,
    currentFolder: () => '/',
    fromNative: (path) => path,
    toNative: (path) => path,
    variable: () => '',
    write: (stream, bytes) => void output[stream].push(bytes),
    writeFile: refuse,
    isTerminal: () => false,
    columns: () => 0,
    kind: (path) => (files.has(path) ? kFile : folders.has(path) ? kFolder : kNothing),
    read(path, limit) {
      if (!files.has(path)) throw new Error(folders.has(path) ? 'is a folder' : 'no such file');
      const bytes = encoder.encode(files.get(path));
      if (bytes.length > limit) throw tooLarge(limit);
      return bytes;
    },
    list: (path) => [...(folders.get(path) || [])].map(([name, kind]) => `${kind}-${name}\0`).join(''),
    realPath: (path) => path,
    run() {
      throw new Error('files in memory have no git');
    },
  };
}

module.exports = { nodeHost, memoryHost };
