"""An inspector lays down a sample with a secret made in her browser, and the unit answers what she found."""

from hashlib import sha256

from playwright.sync_api import expect
from support.browsing import fits_every_size
from support.inspecting import FOUND, OBSERVED, audit_of, drawn, found
from support.world import World


def test_the_secret_of_a_sample_is_made_here_and_only_its_hash_is_sent(world: World, sit) -> None:
    audit = audit_of(world, units=[])
    thu = sit("thu", f"inspections/{audit}/samples/new")
    thu.locator("#basis").select_option("all")
    thu.get_by_role("button", name="Tạo bí mật và mã băm trên máy này").click()
    secret = thu.locator("[data-made-secret] code").inner_text()
    expect(thu.locator("#commitment")).to_have_value(sha256(secret.encode()).hexdigest())
    fits_every_size(thu)
    with thu.expect_request(lambda request: request.method == "POST") as sent:
        thu.get_by_role("button", name="Ghi cách chọn mẫu").click()
    expect(thu.get_by_role("link", name="Mẫu 3 trong 3 mục")).to_be_visible()
    assert secret not in (sent.value.post_data or "")


def test_a_drawn_sample_and_a_list_of_inspections_fit_a_phone(world: World, sit) -> None:
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    thu = sit("thu", f"inspections/{audit}/samples/{sample.planned_by.id}")
    expect(thu.get_by_text("Rút lại ngay lúc này ra đúng những mục trên.")).to_be_visible()
    fits_every_size(thu)
    thu.goto("inspections")
    fits_every_size(thu)


def test_the_unit_reads_what_was_found_and_answers_from_its_own_work(world: World, sit) -> None:
    item = found(world)
    binh = sit("binh", "work")
    binh.get_by_role("link", name="Trả lời, báo cáo khắc phục").click()
    binh.get_by_label("Giải trình, kết quả khắc phục").fill("Đã bổ sung biên bản.")
    binh.get_by_role("button", name="Trả lời, báo cáo khắc phục").click()
    expect(binh.locator(".toast")).to_contain_text("Chờ xem xét")
    thu = sit("thu", f"items/{item}")
    expect(thu.get_by_text(FOUND["remedy"]).first).to_be_visible()
    fits_every_size(thu)
    thu.goto("board?kind=finding")
    expect(thu.get_by_text(OBSERVED["title"])).to_be_visible()
