// Imports and exports.
#include "syntax/lowering.h"

namespace drizzle_audit::syntax {

const Node* Lowering::import_statement(TSNode node) {
  Node* made = make(NodeKind::kImport, node);
  List bindings;
  const auto bind = [&](TSNode at, std::string_view local, std::string_view imported, bool type_only) {
    Node* binding = make(NodeKind::kImportBinding, at, {text_node(at, imported)});
    binding->text = local;
    if (type_only) binding->flags |= kTypeOnly;
    bindings.push_back(binding);
  };
  each_child(node, [&](TSNode child, Symbol symbol, Field where) {
    if (is_token(child, "type") || is_token(child, "typeof")) {
      made->flags |= kTypeOnly;
    } else if (where == Field::kSource && symbol == Symbol::kString) {
      made->text = string(child)->text;
    } else if (symbol == Symbol::kImportRequireClause) {  // import x = require("y")
      each_child(child, [&](TSNode part, Symbol kind, Field) {
        if (kind == Symbol::kIdentifier) bind(part, source(part), "*", false);
        if (kind == Symbol::kString) made->text = string(part)->text;
      });
    } else if (symbol == Symbol::kImportClause) {
      each_child(child, [&](TSNode part, Symbol kind, Field) {
        if (kind == Symbol::kIdentifier) {
          bind(part, source(part), "default", false);
        } else if (kind == Symbol::kNamespaceImport) {
          each_child(part, [&](TSNode name, Symbol, Field) {
            if (ts_node_is_named(name)) bind(name, source(name), "*", false);
          });
        } else if (kind == Symbol::kNamedImports) {
          each_child(part, [&](TSNode specifier, Symbol specifier_kind, Field) {
            if (specifier_kind != Symbol::kImportSpecifier) return;
            bool type_only = false;
            std::string_view name;
            std::string_view alias;
            each_child(specifier, [&](TSNode piece, Symbol piece_kind, Field piece_field) {
              const std::string_view text = piece_kind == Symbol::kString ? string(piece)->text : source(piece);
              if (piece_field == Field::kName) name = text;
              else if (piece_field == Field::kAlias) alias = text;
              else if (is_token(piece, "type") || is_token(piece, "typeof")) type_only = true;
            });
            bind(specifier, alias.empty() ? name : alias, name, type_only);
          });
        }
      });
    }
  });
  made->children = text::copy(arena_, bindings);
  return made;
}

const Node* Lowering::export_statement(TSNode node) {
  bool is_default = false;
  bool type_only = false;
  bool star = false;
  bool assigns = false;
  std::string_view specifier;
  const Node* value = nullptr;
  const Node* namespace_name = nullptr;
  List names;
  bool has_clause = false;
  each_child(node, [&](TSNode child, Symbol symbol, Field where) {
    if (is_token(child, "default")) is_default = true;
    else if (is_token(child, "type")) type_only = true;
    else if (is_token(child, "*")) star = true;
    else if (is_token(child, "=")) assigns = true;
    else if (where == Field::kSource) specifier = string(child)->text;
    else if (where == Field::kDeclaration) value = statement(child);
    else if (where == Field::kValue) value = expression(child);
    else if (symbol == Symbol::kNamespaceExport) {
      each_child(child, [&](TSNode name, Symbol kind, Field) {
        if (ts_node_is_named(name)) namespace_name = text_node(name, kind == Symbol::kString ? string(name)->text : source(name));
      });
    } else if (symbol == Symbol::kExportClause) {
      has_clause = true;
      each_child(child, [&](TSNode entry, Symbol kind, Field) {
        if (kind != Symbol::kExportSpecifier) return;
        std::string_view name;
        std::string_view alias;
        bool entry_is_type = false;
        each_child(entry, [&](TSNode piece, Symbol piece_kind, Field piece_field) {
          const std::string_view text = piece_kind == Symbol::kString ? string(piece)->text : source(piece);
          if (piece_field == Field::kName) name = text;
          else if (piece_field == Field::kAlias) alias = text;
          else if (is_token(piece, "type")) entry_is_type = true;
        });
        Node* exported = make(NodeKind::kExportName, entry, {text_node(entry, name)});
        exported->text = alias.empty() ? name : alias;
        if (entry_is_type) exported->flags |= kTypeOnly;
        names.push_back(exported);
      });
    } else if (ts_node_is_named(child) && assigns && value == nullptr) {
      value = expression(child);  // export = x
    }
  });
  Node* made = nullptr;
  if (has_clause) {
    made = make(NodeKind::kExportNames, node, names);
  } else if (star || namespace_name != nullptr) {
    made = make(NodeKind::kExportAll, node, namespace_name != nullptr ? List{namespace_name} : List{});
  } else if (value == nullptr) {
    return unsupported(node, "it does not parse");
  } else {
    made = make(is_default || assigns ? NodeKind::kExportDefault : NodeKind::kExport, node, {value});
  }
  made->text = specifier;
  if (type_only) made->flags |= kTypeOnly;
  return made;
}

}  // namespace drizzle_audit::syntax
