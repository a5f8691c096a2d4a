// Names of proposed constraints: what drizzle-kit derives, and the styles projects have of their own.
#include <gtest/gtest.h>

#include "_shared/constraint_names.h"
#include "_shared/naming_style.h"
#include "unit/audit/model_builder.h"

namespace drizzle_audit::rules {
namespace {

using audit_tests::ModelBuilder;
using Names = std::vector<std::string>;

const Table& table_of(const Model& model, std::string_view name) {
  for (const Table& table : model.tables) {
    if (table.name.is(name)) return table;
  }
  throw std::logic_error("no such table");
}

std::vector<const Column*> columns_of(const Table& table, const Names& names) {
  std::vector<const Column*> columns;
  for (const std::string& name : names) columns.push_back(find_column(table, name));
  return columns;
}

/// Four tables that have nothing yet, and one for proposals.
ModelBuilder& shop(ModelBuilder& builder) {
  return builder.table("stores", {"id uuid", "slug text"})
      .table("orders", {"id uuid", "store_id uuid", "created_at timestamp", "status text"})
      .table("order_items", {"id uuid", "order_id uuid", "product_id uuid"})
      .table("user", {"id uuid", "user_name text", "store_id uuid"})
      .table("coupon_uses", {"id uuid", "order_id uuid", "coupon_code text"});
}

/// The name of an index on coupon_uses in a project that names its own like this.
std::string proposed(const std::array<std::string, 4>& names, const Names& columns, Dialect dialect = Dialect::kPostgresql) {
  ModelBuilder builder(dialect);
  shop(builder)
      .index(names[0], "orders", {"store_id"})
      .index(names[1], "orders", {"store_id", "created_at"})
      .index(names[2], "order_items", {"product_id"})
      .index(names[3], "user", {"user_name"});
  const Model& model = builder.build();
  const Table& table = table_of(model, "coupon_uses");
  return index_name(model, table, columns_of(table, columns));
}

TEST(ConstraintNames, FollowTheStyleOfTheProject) {
  const std::array<std::string, 4> plain = {"orders_store_id_idx", "orders_store_id_created_at_idx", "order_items_product_id_idx",
                                            "user_user_name_idx"};
  EXPECT_EQ(proposed(plain, {"order_id"}), "coupon_uses_order_id_idx");
  EXPECT_EQ(proposed(plain, {"order_id", "coupon_code"}), "coupon_uses_order_id_coupon_code_idx");
  EXPECT_EQ(
      proposed({"idx_orders_store_id", "idx_orders_store_id_created_at", "idx_order_items_product_id", "idx_user_user_name"}, {"order_id"}),
      "idx_coupon_uses_order_id");
  EXPECT_EQ(
      proposed({"ix_orders__store_id", "ix_orders__store_id_created_at", "ix_order_items__product_id", "ix_user__user_name"}, {"order_id"}),
      "ix_coupon_uses__order_id");
  EXPECT_EQ(proposed({"orders_storeId_idx", "orders_storeIdCreatedAt_idx", "order_items_productId_idx", "user_userName_idx"},
                     {"order_id", "coupon_code"}),
            "coupon_uses_orderIdCouponCode_idx");
  EXPECT_EQ(
      proposed({"ordersStoreIdIdx", "ordersStoreIdCreatedAtIdx", "orderItemsProductIdIdx", "userUserNameIdx"}, {"order_id", "coupon_code"}),
      "couponUsesOrderIdCouponCodeIdx");
  EXPECT_EQ(proposed({"IX_Orders_StoreId", "IX_Orders_StoreId_CreatedAt", "IX_OrderItems_ProductId", "IX_User_UserName"}, {"order_id"}),
            "IX_CouponUses_OrderId");
  EXPECT_EQ(proposed({"orders_store_idx", "orders_store_created_idx", "order_items_product_idx", "user_user_name_idx"}, {"order_id"}),
            "coupon_uses_order_idx")
      << "without id and at";
  EXPECT_EQ(proposed({"orders.store_id", "orders.store_id_created_at", "order_items.product_id", "user.user_name"}, {"order_id"}),
            "coupon_uses.order_id");
}

TEST(ConstraintNames, FollowTheEndsOfShortenedNames) {
  EXPECT_EQ(proposed({"orders_store_idx", "ord_recent_idx", "items_by_product_idx", "user_login_idx"}, {"order_id"}),
            "coupon_uses_order_id_idx");
  EXPECT_EQ(proposed({"ix_store", "ix_recent", "ix_items", "ix_login"}, {"order_id"}), "ix_coupon_uses_order_id");
}

TEST(ConstraintNames, AreDrizzleKitsWhereNoStyleShows) {
  EXPECT_EQ(proposed({"a", "recent", "by_product", "login"}, {"order_id"}), "coupon_uses_order_id_index");
  EXPECT_EQ(proposed({"a", "recent", "by_product", "login"}, {"order_id"}, Dialect::kSqlite), "coupon_uses_order_id_idx")
      << "SQLite's have to be given one";
  EXPECT_EQ(proposed({"orders_store_id_idx", "orders_store_id_created_at_idx", "by_product", "login"}, {"order_id"}),
            "coupon_uses_order_id_index")
      << "two of four are no style";
}

TEST(ConstraintNames, AreUniqueWhereTheDatabaseWantsThemToBe) {
  const std::array<std::string, 4> columns_only = {"store_id_idx", "store_id_created_at_idx", "product_id_idx", "user_name_idx"};
  EXPECT_EQ(proposed(columns_only, {"order_id"}), "coupon_uses_order_id_idx") << "another table's order_id would get the same name";
  EXPECT_EQ(proposed(columns_only, {"order_id"}, Dialect::kMysql), "order_id_idx") << "MySQL's are the table's own";

  ModelBuilder builder;
  shop(builder)
      .index("orders_status_idx", "orders", {"status"})
      .index("order_items_order_id_idx", "order_items", {"order_id"})
      .index("user_user_name_idx", "user", {"user_name"})
      .index("coupon_uses_order_id_idx", "order_items", {"product_id"});
  const Model& model = builder.build();
  const Table& table = table_of(model, "coupon_uses");
  EXPECT_EQ(index_name(model, table, columns_of(table, {"order_id"})), "coupon_uses_order_id_index") << "the styled name is taken";
}

TEST(ConstraintNames, FitIntoTheDatabase) {
  ModelBuilder builder;
  builder.table("organization_membership_invitations", {"id uuid", "inviting_organization_member_id uuid", "workspace_id uuid"});
  const Model& model = builder.build();
  const Table& table = model.tables.front();
  const auto both = columns_of(table, {"inviting_organization_member_id", "workspace_id"});
  const std::string name = index_name(model, table, both);
  EXPECT_LE(name.size(), 63U);
  EXPECT_EQ(name.substr(0, 36), "organization_membership_invitations_");
  EXPECT_EQ(name.substr(name.size() - 6), "_index");
  EXPECT_LE(unique_name(model, table, both).size(), 63U);
}

TEST(ConstraintNames, OfUniqueConstraints) {
  ModelBuilder builder;
  shop(builder).table("tags", {"id uuid", "store_id uuid", "slug text", "name text"});
  builder.unique("uq_orders_store_id_status", "orders", {"store_id", "status"})
      .unique("uq_order_items_order_id_product_id", "order_items", {"order_id", "product_id"})
      .unique("uq_user_store_id_user_name", "user", {"store_id", "user_name"})
      .unique_column("stores", "slug")
      .unique_column("user", "user_name")
      .unique_column("coupon_uses", "coupon_code");
  const Model& model = builder.build();
  const Table& tags = table_of(model, "tags");
  EXPECT_EQ(unique_name(model, tags, columns_of(tags, {"store_id", "slug"})), "uq_tags_store_id_slug");
  EXPECT_EQ(unique_name(model, tags, columns_of(tags, {"slug"})), "tags_slug_unique") << "columns' own are derived in this project";
}

TEST(ConstraintNames, OfForeignKeys) {
  const auto name_in = [](bool named) {
    ModelBuilder builder;
    shop(builder);
    if (named) {
      builder.foreign_key_named("fk_orders_store", "orders", "store_id", "stores")
          .foreign_key_named("fk_order_items_order", "order_items", "order_id", "orders")
          .foreign_key_named("fk_user_store", "user", "store_id", "stores");
    } else {
      builder.foreign_key("orders", "store_id", "stores").foreign_key("order_items", "order_id", "orders");
    }
    const Model& model = builder.build();
    const Table& from = table_of(model, "coupon_uses");
    const Table& to = table_of(model, "orders");
    return foreign_key_name(model, from, columns_of(from, {"order_id"}), to, columns_of(to, {"id"}));
  };
  EXPECT_EQ(name_in(false), "coupon_uses_order_id_orders_id_fk");
  EXPECT_EQ(name_in(true), "fk_coupon_uses_order");
}

TEST(ConstraintNames, OfPrimaryKeys) {
  ModelBuilder builder;
  Model model = shop(builder).build();
  const Table& table = table_of(model, "order_items");
  const auto columns = columns_of(table, {"order_id", "product_id"});
  EXPECT_EQ(primary_key_name(model, table, columns), "order_items_order_id_product_id_pk");
  model.orm_v1 = true;
  EXPECT_EQ(primary_key_name(model, table, columns), "order_items_pkey");
  EXPECT_EQ(unique_name(model, table, columns), "order_items_order_id_product_id_unique");
  EXPECT_EQ(unique_name(model, table, columns_of(table, {"order_id"})), "order_items_order_id_key");
  EXPECT_EQ(index_name(model, table, columns), "order_items_order_id_product_id_index");
  model.dialect = Dialect::kSqlite;
  EXPECT_EQ(primary_key_name(model, table, columns), "order_items_pk");
  model.dialect = Dialect::kMysql;
  EXPECT_EQ(primary_key_name(model, table, columns), "") << "MySQL calls every primary key PRIMARY";
  EXPECT_EQ(unique_name(model, table, columns), "order_id_product_id_unique");
}

TEST(ConstraintNames, DerivedAreThoseOfDrizzleKit) {
  ModelBuilder builder;
  Model model = builder.table("organization_members", {"id uuid"})
                    .table("organization_membership_invitations", {"id uuid", "inviting_organization_member_id uuid"})
                    .build();
  const Table& members = model.tables[0];
  const Table& invitations = model.tables[1];
  const std::vector<const Column*> columns = {&invitations.columns[1]};
  const std::vector<const Column*> foreign = {&members.columns[0]};
  const std::string plain = "organization_membership_invitations_inviting_organization_member_id_organization_members_id";
  EXPECT_EQ(derived_foreign_key_name(model, invitations, columns, members, foreign), plain + "_fk");
  EXPECT_LE(foreign_key_name(model, invitations, columns, members, foreign).size(), 63U);
  model.orm_v1 = true;
  EXPECT_EQ(derived_foreign_key_name(model, invitations, columns, members, foreign),
            "organization_membership_invitations_0QWYl6xxWitT_fkey")
      << "drizzle-kit 1.0.0-rc.4's hash() of the whole name";
  model.dialect = Dialect::kSqlite;
  EXPECT_EQ(derived_foreign_key_name(model, invitations, columns, members, foreign), "fk_" + plain + "_fk");
}

}  // namespace
}  // namespace drizzle_audit::rules
