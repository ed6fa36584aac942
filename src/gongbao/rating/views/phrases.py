"""Words for the pages of an enterprise: where things stand as it sees them, and what the fields of a form ask."""

from gongbao.kernel.text import Text
from gongbao.rating.models import Declaration, State

CYCLE: dict[str, Text] = {
    State.COLLECTING: Text("正在归集数据,可以申报", "Data are being collected; items can be declared"),
    State.CLOSED: Text("归集已截止,审核和计算中", "Collecting is over; review and calculation go on"),
    State.PRELIMINARY: Text("初步结果已算出,尚未发布", "The preliminary result is worked out, not yet released"),
    State.OBJECTIONS: Text("初步结果已发布,可以提出异议", "The preliminary result is released; objections can be made"),
    State.FINAL: Text("最终结果已确定,等待公布", "The result is final and waits for publication"),
    State.PUBLISHED: Text("结果已公布", "The result is published"),
    State.ARCHIVED: Text("结果已公布并归档", "The result is published and archived"),
}
DECLARATION: dict[str, tuple[Text, str]] = {  # words, and how urgent it is for the enterprise
    Declaration.State.DECLARED: (Text("区级初审中", "with the district"), ""),
    Declaration.State.DISTRICT: (Text("市级复核中", "with the city"), ""),
    Declaration.State.RETURNED: (Text("已退回,请补正", "returned: please mend it"), "late"),
    Declaration.State.CONFIRMED: (Text("已确认,已计分", "confirmed, counted"), "done"),
    Declaration.State.REFUSED: (Text("不予确认", "refused"), "late"),
    Declaration.State.WITHDRAWN: (Text("已撤回", "withdrawn"), ""),
}
STEP: dict[str, Text] = {
    Declaration.State.DECLARED: Text("提交申报", "Declared"),
    Declaration.State.DISTRICT: Text("区级初审通过", "Passed by the district"),
    Declaration.State.RETURNED: Text("退回补正", "Returned"),
    Declaration.State.CONFIRMED: Text("确认并计分", "Confirmed and counted"),
    Declaration.State.REFUSED: Text("不予确认", "Refused"),
    Declaration.State.WITHDRAWN: Text("撤回", "Withdrawn"),
}
# What the two numbers of an item are; an item that is not named here is asked for in general words.
VALUE: dict[str, Text] = {
    "staff": Text("大专及以上学历的自有参保人员数", "Insured staff of its own with a junior-college degree or above"),
    "fee": Text("本年度物业费收取金额(元)", "Fees collected this year (yuan)"),
    "party_member": Text("新发展党员(含预备党员)人数", "New Party members, probationary ones included"),
}
REFERENCE: dict[str, Text] = {
    "staff": Text("自有参保人员总数(不含外包人员)", "All insured staff of its own (outsourced staff left out)"),
    "fee": Text("上一年度物业费收取金额(元)", "Fees collected the year before (yuan)"),
}
NUMBER = Text("数值", "Number")
COMPARED = Text("对照数值", "Number to compare with")
