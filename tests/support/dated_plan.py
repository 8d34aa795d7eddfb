"""A short plan whose tasks name days in several words."""

DATED_PLAN = """ỦY BAN NHÂN DÂN XÃ MẪU

KẾ HOẠCH

Cải cách hành chính năm 2026

I. MỤC TIÊU

1. Mục tiêu

- Phục vụ người dân tốt hơn.

II. CHỈ TIÊU

1. Tối thiểu 80% hồ sơ nộp trực tuyến.

III. NHIỆM VỤ

1. Cải cách thể chế

- Ban hành kế hoạch kiểm tra trước ngày 25/11/2026.

- Rà soát văn bản của xã, chậm nhất ngày 25/11/2026.
"""
"""III.1.1 says «trước ngày», III.1.2 «chậm nhất ngày»."""
