"""States of a rating in words, for pages."""

from gongbao.kernel.text import Text
from gongbao.rating.models import Declaration, HelpTask, Inspection, State

STATES: dict[str, Text] = {
    State.COLLECTING: Text("数据归集", "collecting"),
    State.CLOSED: Text("归集截止", "closed"),
    State.PRELIMINARY: Text("初步结果(未发布)", "preliminary, not released"),
    State.OBJECTIONS: Text("异议期", "objections"),
    State.FINAL: Text("最终结果", "final"),
    State.PUBLISHED: Text("已公布", "published"),
    State.ARCHIVED: Text("已归档", "archived"),
}
DECLARATION: dict[str, Text] = {
    "": Text("申报", "declared"),
    Declaration.State.DECLARED: Text("待区级初审", "with the district"),
    Declaration.State.DISTRICT: Text("待市级复核", "with the city"),
    Declaration.State.RETURNED: Text("退回补正", "returned"),
    Declaration.State.CONFIRMED: Text("已确认", "confirmed"),
    Declaration.State.REFUSED: Text("不予确认", "refused"),
    Declaration.State.WITHDRAWN: Text("已撤回", "withdrawn"),
}
FOUND: dict[str, Text] = {
    Inspection.Found.NOTHING: Text("未发现问题", "nothing found"),
    Inspection.Found.MEND: Text("责令改正", "ordered to mend"),
    Inspection.Found.PASS_ON: Text("移送处理", "passed on"),
}
HELP: dict[str, Text] = {
    HelpTask.State.ASKED: Text("待协助", "asked"),
    HelpTask.State.REPORTED: Text("已反馈", "reported"),
    HelpTask.State.DECLINED: Text("不能协助", "declined"),
    HelpTask.State.WITHDRAWN: Text("已撤回", "withdrawn"),
}
HOW: dict[str, Text] = {
    "file": Text("文件导入", "file"),
    "push": Text("系统推送", "push"),
    "declaration": Text("企业申报", "declaration"),
    "sheet": Text("评分表", "score sheet"),
    "verification": Text("区级核验", "verification"),
    "correction": Text("更正", "correction"),
    "hand": Text("人工录入", "by hand"),
}
