"""Words of Vietnamese passwords that are guessed first, without diacritics; zxcvbn has English ones."""

_WORDS = """
matkhau matkhaumoi matkhaucu doimatkhau khongcomatkhau dangnhap taikhoan nguoidung quantri quantrivien
admin anhyeuem emyeuanh yeuem yeuanh yeuemnhieu yeuanhnhieu anhnhoem emnhoanh nhoem nhoanh toiyeuem
yeuthuong yeudoi yeuvo yeuchong vochong giadinh conyeu meyeu bome boyeu mecon cunyeu cunbong bupbe conmeo
concho motconvit convit khongbiet khongco khongnho quenroi quenmatkhau xinchao xinchaocacban chaoban camon
tambiet vietnam vietnamvodich vodich hanoi saigon tphcm hochiminh bachoyeu danang haiphong cantho hue
dalat daklak buonmathuot taynguyen tinhyeu hanhphuc maimai maiyeu motminh codon buonqua vuive thanhcong
maymat mayman phatloc phattai taitloc tienbac toiyeuvietnam conrongchautien nguyenvana tranvanb nguyen
tran pham hoang huynh phan truong nguyenvan nguyenthi tranvan tranthi levan lethi phamvan phamthi hoangvan
hoangthi thuytrang thanhthuy minhanh hoanganh tuananh quocanh ngocanh thuyanh anhtuan minhtuan hoangminh
thanhtung manhhung quanghuy congchuc canbo vienchuc chutich phochutich bithu vanphong tuphap vanthu motcua
cchc caicachhanhchinh congvu hanhchinh ubnd uybannhandan uyban hdnd mttq danguy tinhuy huyenuy xaphuong
chinhphu nhanuoc dichvucong chuyendoiso congan congantinh canhsat bodoi quandoi giaovien hocsinh sinhvien
truonghoc lophoc mothaiba motbahai motchintam khongmothai onetwothree zalo facebook gmail viettel
vinaphone mobifone vietcombank agribank bidv techcombank xsmb lienquan lienminh freefire dotkich
"""
COMMON = tuple(_WORDS.split())
