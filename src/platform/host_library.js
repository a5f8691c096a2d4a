// The functions that host.h declares, for emscripten's linker (--js-library). `Module.host` does the work; here only memory is moved.
// A host's method returns text or bytes, and throws an Error whose message is the reason for people.
mergeInto(LibraryManager.library, {
  $drzText: function (pointer) {
    return new TextDecoder().decode(HEAPU8.slice(pointer, HEAPU8.indexOf(0, pointer)));
  },
  $drzAnswer__deps: ['malloc'],
  $drzAnswer: function (answer, work) {
    let value;
    let failed = 0;
    try {
      value = work(Module['host']);
    } catch (error) {
      value = String(error.message);
      failed = 1;
    }
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value || new Uint8Array(0);
    const data = _malloc(bytes.length || 1);
    HEAPU8.set(bytes, data);
    HEAPU32[answer >> 2] = data;
    HEAPU32[(answer >> 2) + 1] = bytes.length;
    HEAP32[(answer >> 2) + 2] = failed;
  },
  drz_host_current_folder__deps: ['$drzAnswer'],
  drz_host_current_folder: function (answer) {
    drzAnswer(answer, (host) => host['currentFolder']());
  },
  drz_host_from_native__deps: ['$drzAnswer', '$drzText'],
  drz_host_from_native: function (path, answer) {
    drzAnswer(answer, (host) => host['fromNative'](drzText(path)));
  },
  drz_host_to_native__deps: ['$drzAnswer', '$drzText'],
  drz_host_to_native: function (path, answer) {
    drzAnswer(answer, (host) => host['toNative'](drzText(path)));
  },
  drz_host_variable__deps: ['$drzAnswer', '$drzText'],
  drz_host_variable: function (name, answer) {
    drzAnswer(answer, (host) => host['variable'](drzText(name)));
  },
  drz_host_write__deps: ['$drzAnswer'],
  drz_host_write: function (stream, data, size, answer) {
    drzAnswer(answer, (host) => host['write'](stream, HEAPU8.slice(data, data + size)));
  },
  drz_host_write_file__deps: ['$drzAnswer', '$drzText'],
  drz_host_write_file: function (path, data, size, answer) {
    drzAnswer(answer, (host) => host['writeFile'](drzText(path), HEAPU8.slice(data, data + size)));
  },
  drz_host_arguments__deps: ['$drzAnswer'],
  drz_host_arguments: function (answer) {
    drzAnswer(answer, (host) => host['arguments']().map((word) => word + '\0').join(''));
  },
  drz_host_read__deps: ['$drzAnswer', '$drzText'],
  drz_host_read: function (path, limit, answer) {
    drzAnswer(answer, (host) => host['read'](drzText(path), limit));
  },
  drz_host_list__deps: ['$drzAnswer', '$drzText'],
  drz_host_list: function (path, answer) {
    drzAnswer(answer, (host) => host['list'](drzText(path)));
  },
  drz_host_real_path__deps: ['$drzAnswer', '$drzText'],
  drz_host_real_path: function (path, answer) {
    drzAnswer(answer, (host) => host['realPath'](drzText(path)));
  },
  drz_host_run__deps: ['$drzAnswer'],
  drz_host_run: function (words, wordsSize, variables, variablesSize, input, inputSize, out, err) {
    const list = (data, size) => new TextDecoder().decode(HEAPU8.slice(data, data + size)).split('\0').slice(0, -1);
    let result = { status: -1, out: '', err: '' };
    drzAnswer(out, (host) => {
      result = host['run'](list(words, wordsSize), list(variables, variablesSize), HEAPU8.slice(input, input + inputSize));
      return result['out'];
    });
    drzAnswer(err, () => result['err']);
    return result['status'];
  },
  drz_host_is_terminal: function (stream) {
    return Module['host']['isTerminal'](stream) ? 1 : 0;
  },
  drz_host_columns: function () {
    return Module['host']['columns']();
  },
  drz_host_kind__deps: ['$drzText'],
  drz_host_kind: function (path) {
    return Module['host']['kind'](drzText(path));
  },
});
