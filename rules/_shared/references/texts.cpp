#include "_shared/references/texts.h"

#include <algorithm>
#include <string_view>

namespace drizzle_audit::rules::references {
namespace {

bool is_nobody(const ColumnText& text) { return text.is_number || text.text.empty(); }

/// Whether a column of this type can hold it. A text where a UUID belongs is a mistake of the code, and says nothing about the column.
bool can_hold(const Column& column, const ColumnText& text) {
  const std::string_view type = column.sql_type.value_or("");
  const bool is_text = type.find("char") != std::string_view::npos || type.find("text") != std::string_view::npos;
  return text.is_number ? type.find("int") != std::string_view::npos || type.find("numeric") != std::string_view::npos : is_text;
}

}  // namespace

Texts::Texts(const Queries& queries) {
  for (const ColumnText& text : queries.texts) texts_[text.column].push_back(&text);
}

std::vector<const ColumnText*> Texts::texts_of(const Link& link) const {
  std::vector<const ColumnText*> texts;
  if (link.columns.size() != 1) return texts;
  const auto own = texts_.find(link.columns.front());
  if (own == texts_.end()) return texts;
  const auto keys = texts_.find(link.foreign_columns.front());
  for (const ColumnText* text : own->second) {
    const bool is_key = keys != texts_.end() && std::any_of(keys->second.begin(), keys->second.end(), [&](const ColumnText* key) {
                          return key->text == text->text && key->use == TextUse::kWritten;
                        });
    if (!is_key && can_hold(*link.columns.front(), *text)) texts.push_back(text);
  }
  return texts;
}

bool Texts::say_nobody(const Link& link) const {
  const std::vector<const ColumnText*> texts = texts_of(link);
  return std::any_of(texts.begin(), texts.end(), [](const ColumnText* text) {
    return is_nobody(*text) && (text->use == TextUse::kWritten || text->use == TextUse::kCompared);
  });
}

const ColumnText* Texts::doubtful(const Link& link) const {
  const std::vector<const ColumnText*> texts = texts_of(link);
  const auto plainest =
      std::min_element(texts.begin(), texts.end(), [](const ColumnText* a, const ColumnText* b) { return a->use < b->use; });
  return plainest == texts.end() ? nullptr : *plainest;
}

}  // namespace drizzle_audit::rules::references
