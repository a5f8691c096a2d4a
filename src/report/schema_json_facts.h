// Facts of the model as JSON: known values, `{"unknown": reason}`, places, lists of objects. Used by schema_json*.cpp only.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "drizzle_audit/model.h"
#include "report/schema_json_writer.h"

namespace drizzle_audit::report {

class FactWriter {
 public:
  FactWriter(JsonWriter& json, const Sources& sources) : json_(json), sources_(sources) {}

  JsonWriter& json() { return json_; }

  void unknown(const Unknown& unknown);
  void location(Span span);
  void value(std::string_view text) { json_.string(text); }
  void value(const std::optional<std::string_view>& text) { text ? json_.string(*text) : json_.null(); }
  void value(std::optional<bool> flag) { flag ? json_.boolean(*flag) : json_.null(); }
  void value(bool flag) { json_.boolean(flag); }
  void value(std::span<const std::string_view> texts) {
    json_.begin_array();
    for (const std::string_view text : texts) json_.string(text);
    json_.end_array();
  }
  void value(const SqlText& sql) {
    json_.begin_object();
    sql_members(sql);
    json_.end_object();
  }
  void value(std::span<const Column* const> columns) {
    json_.begin_array();
    for (const Column* column : columns) value(column->name);
    json_.end_array();
  }
  void value(std::span<const Option> options) {
    json_.begin_object();
    for (const Option& option : options) {
      json_.key(option.name);
      json_.raw(option.json);
    }
    json_.end_object();
  }
  template <class T>
  void value(const Fact<T>& fact) {
    fact.known() ? value(fact.value()) : unknown(fact.unknown());
  }
  void value(const std::optional<Fact<SqlText>>& sql) { sql ? value(*sql) : json_.null(); }
  // A string literal would otherwise become a bool.
  void value(const char*) = delete;

  template <class T>
  void member(std::string_view key, const T& member_value) {
    json_.key(key);
    value(member_value);
  }
  void sql_members(const SqlText& sql);
  void place(Span span) {
    json_.key("location");
    location(span);
  }
  void table_name(std::string_view key, const Table* table);

  /// The names of the flags that are set.
  void names(std::string_view key, std::initializer_list<std::pair<bool, std::string_view>> flags);

  template <class T>
  void list(std::string_view key, const std::vector<const T*>& items, void (*write)(FactWriter&, const T&)) {
    json_.key(key);
    json_.begin_array();
    for (const T* item : items) {
      json_.begin_object();
      write(*this, *item);
      json_.end_object();
    }
    json_.end_array();
  }
  template <class T>
  void list(std::string_view key, std::span<const T> items, void (*write)(FactWriter&, const T&)) {
    json_.key(key);
    json_.begin_array();
    for (const T& item : items) {
      json_.begin_object();
      write(*this, item);
      json_.end_object();
    }
    json_.end_array();
  }

 private:
  JsonWriter& json_;
  const Sources& sources_;
};

/// The members of a table's object.
void write_table(FactWriter& out, const Table& table);
/// The members of a policy's object that policies of tables and exported ones share.
void write_policy_members(FactWriter& out, const Policy& policy);

}  // namespace drizzle_audit::report
