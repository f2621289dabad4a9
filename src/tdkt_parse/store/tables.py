"""
The tables: one row a document, its Plan whole, and beside it the parts that people ask for.

Names are English, comments Vietnamese: ``COMMENT`` in PostgreSQL, SQL comments in the DDL that
``tdkt schema --sql`` prints. What is read off a document hangs on ``plans`` and goes with it; what
people add (``corrections``) hangs on ``documents`` and stays when a document is read anew.
``accounts``, ``sessions``, ``tokens`` and ``jobs`` are of the service (``tdkt serve``).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Json(UserDefinedType[str]):
    """JSON as text: ``JSONB`` in PostgreSQL, ``TEXT`` in SQLite."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """What SQLite calls it."""
        return "TEXT"


class Terms(UserDefinedType[str]):
    """The terms a plan is found by: ``TSVECTOR`` in PostgreSQL, ``TEXT`` in SQLite."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """What SQLite calls it."""
        return "TEXT"


@compiles(Json, "postgresql")
def _jsonb(_type: Json, _compiler: object, **_: object) -> str:
    return "JSONB"


@compiles(Terms, "postgresql")
def _tsvector(_type: Terms, _compiler: object, **_: object) -> str:
    return "TSVECTOR"


def _text(name: str, comment: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=not needed, comment=comment)


def _number(name: str, comment: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=not needed, comment=comment)


def _day(name: str, comment: str) -> Column[Any]:
    return Column(name, Date, comment=comment)


def _of_plan() -> Column[Any]:
    return Column(
        "sha256",
        Text,
        ForeignKey("plans.sha256", ondelete="CASCADE"),
        primary_key=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    )


def _place(name: str = "position", comment: str = "Thứ tự trong văn bản, từ 0") -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False, comment=comment)


def _agency(comment: str) -> Column[Any]:
    return Column("agency", Text, ForeignKey("agencies.key"), index=True, comment=comment)


RUNS = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True, comment="Mã lượt nhập"),
    _text("started_at", "Bắt đầu (giờ UTC, ISO 8601)", needed=True),
    _text("finished_at", "Kết thúc; trống nếu bị dừng giữa chừng"),
    _text("parser_version", "Phiên bản chương trình", needed=True),
    _number("added", "Số văn bản mới"),
    _number("changed", "Số văn bản đọc lại có thay đổi"),
    _number("unchanged", "Số văn bản không đổi"),
    _number("failed", "Số tệp không đọc được"),
    comment="Các lượt nhập có thay đổi cơ sở dữ liệu",
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("sha256", Text, primary_key=True, comment="SHA-256 nội dung tệp"),
    _text("media_type", "Kiểu tệp", needed=True),
    _number("pages", "Số trang"),
    _text("reader", "Trình đọc", needed=True),
    _text("ocr_engine", "Chương trình nhận dạng chữ"),
    Column("ocr_confidence", Float, comment="Độ tin cậy nhận dạng chữ, 0 đến 1"),
    _text("added_at", "Nhập lần đầu (giờ UTC, ISO 8601)", needed=True),
    Column("run", Text, ForeignKey("runs.id", ondelete="SET NULL"), comment="Lượt nhập gần nhất"),
    comment="Văn bản đã nhập, mỗi nội dung một dòng",
)

FILES = Table(
    "files",
    METADATA,
    Column(
        "sha256",
        Text,
        ForeignKey("documents.sha256", ondelete="CASCADE"),
        primary_key=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    ),
    Column("path", Text, primary_key=True, comment="Đường dẫn tệp"),
    comment="Nơi đã gặp văn bản; cùng nội dung có thể ở nhiều nơi",
)

AGENCIES = Table(
    "agencies",
    METADATA,
    Column("key", Text, primary_key=True, comment="Khóa so sánh tên, không phân biệt hoa thường"),
    _text("name", "Tên cơ quan, đơn vị", needed=True),
    comment="Cơ quan, đơn vị được nêu tên",
)

INSTRUMENTS = Table(
    "instruments",
    METADATA,
    Column("id", Text, primary_key=True, comment="Mã văn bản trong sổ văn bản"),
    _text("number", "Số, ký hiệu"),
    _text("kind", "Loại văn bản"),
    _text("title", "Trích yếu"),
    _text("issuer", "Cơ quan ban hành"),
    _day("issued", "Ngày ban hành"),
    _day("effective", "Ngày có hiệu lực"),
    _day("expired", "Ngày hết hiệu lực (ngày đầu tiên không còn hiệu lực)"),
    Column(
        "expiry_checked",
        Boolean,
        nullable=False,
        comment="Ngày hết hiệu lực đã được đối chiếu với nguồn",
    ),
    _text("replaced_by", "Văn bản thay thế"),
    _text("urn", "URN:LEX (RFC 9676)"),
    comment="Văn bản được viện dẫn đã xác định được trong sổ văn bản",
)

PLANS = Table(
    "plans",
    METADATA,
    Column(
        "sha256",
        Text,
        ForeignKey("documents.sha256", ondelete="CASCADE"),
        primary_key=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    ),
    _text("schema_version", "Phiên bản lược đồ JSON", needed=True),
    _text("parser_version", "Phiên bản chương trình đã đọc", needed=True),
    _text("fingerprint", "SHA-256 của kết quả đọc, để biết có thay đổi", needed=True),
    _text("kind", "Loại văn bản"),
    _text("number", "Số, ký hiệu chuẩn hóa"),
    _text("symbol", "Ký hiệu"),
    _text("issuer", "Cơ quan ban hành, như in"),
    _text("parent", "Cơ quan chủ quản, như in"),
    _agency("Cơ quan ban hành"),
    _text("level", "Cấp: central, province, district, commune"),
    _text("place", "Địa danh"),
    _text("date", "Ngày ban hành (ISO 8601, ngắn hơn nếu để trống ngày, tháng)"),
    _day("signed", "Ngày ban hành nếu đủ ngày, tháng, năm"),
    _text("title", "Trích yếu"),
    _text("secrecy", "Độ mật"),
    _text("urgency", "Độ khẩn"),
    _text("signer", "Người ký"),
    _text("signer_role", "Chức vụ người ký"),
    Column("json", Json, nullable=False, comment="Toàn bộ kết quả đọc (JSON)"),
    _text("exact", "JSON nguyên văn khi cột json không chứa được"),
    Index(None, "number"),
    Index(None, "signed"),
    comment="Kế hoạch và văn bản hành chính đã đọc",
)

PLAN_YEARS = Table(
    "plan_years",
    METADATA,
    _of_plan(),
    _place("year", "Năm kế hoạch"),
    Index(None, "year"),
    comment="Năm kế hoạch của văn bản",
)

CITATIONS = Table(
    "citations",
    METADATA,
    _of_plan(),
    _place(),
    _text("kind", "Loại văn bản", needed=True),
    _text("number", "Số, ký hiệu chuẩn hóa"),
    _text("number_key", "Khóa so sánh số, ký hiệu"),
    _text("date", "Ngày ban hành như viện dẫn (ISO 8601)"),
    _text("title", "Trích yếu"),
    _text("issuer", "Cơ quan ban hành"),
    _text("pinpoint", "Điều, khoản, điểm"),
    _text("where", "Phần có viện dẫn", needed=True),
    Column("nested", Boolean, nullable=False, comment="Nằm trong trích yếu khác"),
    _text("relation", "Quan hệ với viện dẫn khác"),
    _number("relation_to", "Viện dẫn liên quan"),
    _text("alias", "Gọi tắt"),
    Column(
        "instrument",
        Text,
        ForeignKey("instruments.id"),
        comment="Văn bản xác định được; trống nếu chưa chắc chắn",
    ),
    _text("method", "Cách xác định"),
    _text("reason", "Lý do chưa xác định"),
    _text("text", "Nguyên văn", needed=True),
    Index(None, "number_key"),
    Index(None, "instrument", "sha256", "where"),
    # Those that no register knows.
    Index(
        "ix_citations_unknown",
        "number_key",
        "sha256",
        "where",
        sqlite_where=text("instrument IS NULL"),
        postgresql_where=text("instrument IS NULL"),
    ),
    comment="Văn bản được viện dẫn",
)

LEGAL_BASES = Table(
    "legal_bases",
    METADATA,
    _of_plan(),
    _place(),
    _text("verb", "Từ mở đầu"),
    _text("text", "Nguyên văn", needed=True),
    comment="Căn cứ ban hành",
)

LEGAL_BASIS_CITATIONS = Table(
    "legal_basis_citations",
    METADATA,
    Column("sha256", Text, primary_key=True, comment="Văn bản (SHA-256 nội dung tệp)"),
    _place("basis", "Căn cứ"),
    _place("citation", "Viện dẫn"),
    ForeignKeyConstraint(
        ["sha256", "basis"], ["legal_bases.sha256", "legal_bases.position"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["sha256", "citation"], ["citations.sha256", "citations.position"], ondelete="CASCADE"
    ),
    Index(None, "sha256", "citation"),
    comment="Viện dẫn trong từng căn cứ",
)

SECTIONS = Table(
    "sections",
    METADATA,
    _of_plan(),
    _place(comment="Thứ tự trong văn bản, từ 0, kể cả phụ lục"),
    _number("parent", "Mục chứa mục này"),
    _number("depth", "Độ sâu, từ 0", needed=True),
    _text("appendix", "Phụ lục chứa mục này"),
    _text("label", "Số mục"),
    _text("heading", "Tiêu đề"),
    _text("role", "Vai trò", needed=True),
    _text("text", "Các đoạn của mục, mỗi đoạn một dòng", needed=True),
    comment="Các mục của văn bản và phụ lục",
)


def _timing() -> tuple[Column[Any], ...]:
    return (
        _text("timing", "Thời gian, nguyên văn"),
        _day("starts", "Từ ngày"),
        _day("ends", "Đến ngày, thời hạn"),
        _text("recurrence", "Lặp lại: weekly, monthly, quarterly, yearly, continuous"),
    )


TASKS = Table(
    "tasks",
    METADATA,
    _of_plan(),
    _place(),
    _text("label", "Số thứ tự, như in"),
    _text("content", "Nội dung", needed=True),
    _text("lead", "Chủ trì", needed=True),
    _text("support", "Phối hợp", needed=True),
    *_timing(),
    _text("where", "Phần của văn bản", needed=True),
    Index(None, "ends"),
    comment="Nội dung công việc",
)


def _of_task() -> tuple[Any, ...]:
    return (
        Column("sha256", Text, primary_key=True, comment="Văn bản (SHA-256 nội dung tệp)"),
        _place("task", "Công việc"),
    )


def _to_task() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["sha256", "task"], ["tasks.sha256", "tasks.position"], ondelete="CASCADE"
    )


TASK_QUARTERS = Table(
    "task_quarters",
    METADATA,
    *_of_task(),
    _place("quarter", "Quý, 1 đến 4"),
    _to_task(),
    comment="Quý thực hiện công việc",
)

TASK_UNITS = Table(
    "task_units",
    METADATA,
    *_of_task(),
    Column("role", Text, primary_key=True, comment="lead: chủ trì; support: phối hợp"),
    _place(comment="Thứ tự, từ 0"),
    _agency("Cơ quan, đơn vị"),
    _text("name", "Tên như in", needed=True),
    _to_task(),
    comment="Đơn vị chủ trì, phối hợp",
)

ITEMS = Table(
    "implementation_items",
    METADATA,
    _of_plan(),
    _place(),
    _text("actors", "Đơn vị", needed=True),
    _text("text", "Nguyên văn", needed=True),
    comment="Tổ chức thực hiện",
)


def _of_item() -> tuple[Any, ...]:
    return (
        Column("sha256", Text, primary_key=True, comment="Văn bản (SHA-256 nội dung tệp)"),
        _place("item", "Mục tổ chức thực hiện"),
        _place(comment="Thứ tự, từ 0"),
    )


def _to_item() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["sha256", "item"],
        ["implementation_items.sha256", "implementation_items.position"],
        ondelete="CASCADE",
    )


ITEM_UNITS = Table(
    "implementation_units",
    METADATA,
    *_of_item(),
    _agency("Cơ quan, đơn vị"),
    _text("name", "Tên như in", needed=True),
    _to_item(),
    comment="Đơn vị được giao trong tổ chức thực hiện",
)

ITEM_DEADLINES = Table(
    "implementation_deadlines",
    METADATA,
    *_of_item(),
    *_timing(),
    _to_item(),
    Index(None, "ends"),
    comment="Thời hạn trong tổ chức thực hiện",
)

RECIPIENTS = Table(
    "recipients",
    METADATA,
    _of_plan(),
    _place(),
    _text("text", "Nơi nhận", needed=True),
    comment="Nơi nhận",
)

FINDINGS = Table(
    "findings",
    METADATA,
    _of_plan(),
    _place(),
    _text("rule", "Quy tắc", needed=True),
    _text("name", "Tên quy tắc", needed=True),
    _text("level", "Mức độ: error, warning, info", needed=True),
    _text("certainty", "Mức chắc chắn: certain, possible", needed=True),
    _text("message", "Nội dung", needed=True),
    _text("message_en", "Nội dung (tiếng Anh)", needed=True),
    _text("locator", "Căn cứ của quy tắc", needed=True),
    _number("citation", "Viện dẫn"),
    _text("instrument", "Văn bản liên quan"),
    _text("verdict", "Hiệu lực"),
    _text("text", "Chỗ liên quan, nguyên văn"),
    Index(None, "rule", "sha256"),
    comment="Phát hiện khi kiểm tra",
)

CORRECTIONS = Table(
    "corrections",
    METADATA,
    Column("id", Text, primary_key=True, comment="Mã sửa đổi"),
    Column(
        "sha256",
        Text,
        ForeignKey("documents.sha256", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    ),
    _text("pointer", "Chỗ sửa trong JSON (JSON Pointer, RFC 6901)", needed=True),
    _text("before", "Giá trị máy đã đọc (JSON)", needed=True),
    _text("after", "Giá trị đúng (JSON)", needed=True),
    _text("author", "Người sửa"),
    _text("note", "Ghi chú"),
    _text("made_at", "Lúc sửa (giờ UTC, ISO 8601)", needed=True),
    Column(
        "action",
        Text,
        nullable=False,
        server_default="set",
        comment="set: thay giá trị; add: thêm mục; remove: bỏ mục; move: chuyển mục tới vị trí mới",
    ),
    comment="Sửa đổi của con người; giữ nguyên khi đọc lại",
)

REVIEWS = Table(
    "reviews",
    METADATA,
    Column(
        "sha256",
        Text,
        ForeignKey("documents.sha256", ondelete="CASCADE"),
        primary_key=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    ),
    _text("fingerprint", "Kết quả đọc đã được xác nhận (plans.fingerprint)", needed=True),
    _text("author", "Người xác nhận"),
    _text("made_at", "Lúc xác nhận (giờ UTC, ISO 8601)", needed=True),
    comment="Xác nhận của con người: kết quả đọc đã được đối chiếu; giữ nguyên khi đọc lại",
)

LISTING = Table(
    "listing",
    METADATA,
    _of_plan(),
    Column(
        "place",
        BigInteger,
        nullable=False,
        comment="Thứ tự theo ngày ban hành, số lớn hơn là văn bản mới hơn",
    ),
    _day("signed", "Ngày ban hành nếu đủ ngày, tháng, năm"),
    _text("date", "Ngày ban hành (ISO 8601, ngắn hơn nếu để trống ngày, tháng)"),
    _text("level", "Cấp: central, province, district, commune"),
    _text("years", "Các năm kế hoạch, ngăn bằng dấu phẩy", needed=True),
    _number("quarters", "Các quý có công việc: tổng của 1, 2, 4, 8", needed=True),
    _text("status", "new, corrected, confirmed, stale", needed=True),
    _text("worst", "Mức nặng nhất của các phát hiện: error, warning, info, none", needed=True),
    _text("rules", "Các quy tắc có phát hiện, giữa hai dấu cách", needed=True),
    _number("findings", "Số phát hiện", needed=True),
    _number("notes", "Số ghi nhận khi đọc", needed=True),
    _number("tasks", "Số công việc", needed=True),
    _text("issuer_key", "Cơ quan ban hành, không dấu", needed=True),
    _text("title_key", "Trích yếu, không dấu, để xếp", needed=True),
    _text("number_key", "Số, ký hiệu, để xếp", needed=True),
    Index(None, "place", "sha256"),
    # All that is counted, and what else it is narrowed by: the table itself is not looked at.
    Index(None, "level", "years", "status", "worst", "quarters", "rules", "issuer_key"),
    comment="Danh sách: mỗi kế hoạch một dòng ngắn, để lọc, đếm và xếp",
)

SEARCH_TEXTS = Table(
    "search_texts",
    METADATA,
    Column(
        "id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="Ngày ban hành và nội dung: số lớn hơn là văn bản mới hơn",
    ),
    Column(
        "sha256",
        Text,
        ForeignKey("plans.sha256", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="Văn bản (SHA-256 nội dung tệp)",
    ),
    _number("part", "Phần thứ mấy của văn bản dài, từ 0", needed=True),
    _text("text", "Văn bản để trích đoạn", needed=True),
    Column("terms", Terms, nullable=False, comment="Các từ để tìm"),
    comment="Chỉ mục tìm kiếm",
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("name", Text, primary_key=True, comment="Tên đăng nhập"),
    _text("role", "Vai trò: read, correct, administer", needed=True),
    _text("password", "Mật khẩu đã băm (argon2id)", needed=True),
    _text("made_at", "Lúc tạo (giờ UTC, ISO 8601)", needed=True),
    comment="Tài khoản của người dùng trang web",
)


def _of_account() -> Column[Any]:
    return Column(
        "account",
        Text,
        ForeignKey("accounts.name", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="Tài khoản",
    )


SESSIONS = Table(
    "sessions",
    METADATA,
    Column("key", Text, primary_key=True, comment="SHA-256 của mã phiên"),
    _of_account(),
    _text("made_at", "Lúc đăng nhập (giờ UTC, ISO 8601)", needed=True),
    Column("expires", Float, nullable=False, comment="Hết hạn (giây từ 1970, giờ UTC)"),
    comment="Phiên đăng nhập",
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("id", Text, primary_key=True, comment="Mã để gọi tên"),
    Column("key", Text, nullable=False, unique=True, comment="SHA-256 của mã bí mật"),
    _of_account(),
    _text("role", "Vai trò: read, correct, administer", needed=True),
    _text("label", "Dùng cho việc gì"),
    _text("made_at", "Lúc tạo (giờ UTC, ISO 8601)", needed=True),
    Column("expires", Float, comment="Hết hạn (giây từ 1970, giờ UTC); trống: không hết hạn"),
    comment="Mã truy cập của chương trình",
)

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Text, primary_key=True, comment="Mã việc"),
    Column("batch", Text, nullable=False, index=True, comment="Lần gửi tệp"),
    _text("sha256", "Nội dung tệp (SHA-256)", needed=True),
    _text("name", "Tên tệp như người gửi đặt", needed=True),
    _number("size", "Số byte", needed=True),
    _text("work", "Việc: store, parse, audit", needed=True),
    _text("options", "Cách đọc (JSON)", needed=True),
    _number("priority", "Số nhỏ hơn làm trước", needed=True),
    _text("state", "waiting, running, done, failed", needed=True),
    _number("attempts", "Số lần đã bắt đầu", needed=True),
    _text("worker", "Tiến trình đang làm"),
    Column("lease", Float, comment="Tiến trình giữ việc đến lúc (giây từ 1970, giờ UTC)"),
    _number("page", "Trang đang đọc"),
    _number("pages", "Số trang"),
    _text("change", "Kết quả: new, changed, unchanged, older"),
    _text("error", "Loại lỗi"),
    _text("message", "Lỗi"),
    _text("hint", "Cần làm gì"),
    _text("warnings", "Phần không đọc được (JSON)"),
    _text("result", "Kết quả nếu không lưu văn bản (JSON)"),
    _text("account", "Người gửi"),
    _text("made_at", "Lúc nhận (giờ UTC, ISO 8601)", needed=True),
    _text("started_at", "Lúc bắt đầu (giờ UTC, ISO 8601)"),
    _text("finished_at", "Lúc xong (giờ UTC, ISO 8601)"),
    Index(None, "state", "priority", "made_at"),
    Index(None, "made_at"),
    comment="Tệp được gửi đến để đọc",
)

OF_PLAN: tuple[Table, ...] = (
    PLANS,
    PLAN_YEARS,
    CITATIONS,
    LEGAL_BASES,
    LEGAL_BASIS_CITATIONS,
    SECTIONS,
    TASKS,
    TASK_QUARTERS,
    TASK_UNITS,
    ITEMS,
    ITEM_UNITS,
    ITEM_DEADLINES,
    RECIPIENTS,
    FINDINGS,
    LISTING,
    SEARCH_TEXTS,
)
"""What is read off a document, in an order in which rows can be put in."""
