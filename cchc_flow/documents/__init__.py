"""Official documents as trees of typed blocks, and the writers that draw one tree as PDF, .docx and .xlsx.

The form is that of Nghị định 30/2020/NĐ-CP, Phụ lục I. What a document says is made elsewhere.
"""
