"""The addresses of what came of a congress and its workshops, and the right each asks for."""

from congress.domain.access import Right
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import materials, recommendations, report, telling_results

ONE = "/organiser/<slug:slug>"
ITEM = f"{ONE}/programme/<code:code>"
MATERIAL = f"{ONE}/materials/<int:material_id>"
RECOMMENDATION = f"{ONE}/recommendations/<int:recommendation_id>"

RESULTS: tuple[Address, ...] = (
    (f"{ITEM}/report", BOTH, report.report, Right.EDIT_PROGRAMME),
    (f"{ITEM}/report/discard", BOTH, report.discard_results, Right.EDIT_PROGRAMME),
    (f"{ITEM}/report/edit", BOTH, report.edit_results, Right.EDIT_PROGRAMME),
    (f"{ITEM}/report/add", BOTH, materials.add_material, Right.EDIT_PROGRAMME),
    (f"{ONE}/results", BOTH, report.congress_results, Right.EDIT_PROGRAMME),
    (f"{ONE}/results/discard", BOTH, report.discard_congress_results, Right.EDIT_PROGRAMME),
    (f"{ONE}/results/edit", BOTH, report.edit_congress_results, Right.EDIT_PROGRAMME),
    (f"{ONE}/results/add", BOTH, materials.add_congress_material, Right.EDIT_PROGRAMME),
    (f"{ITEM}/report/tell", ACT, telling_results.tell_of_results, Right.CHANGE_ATTENDEES),
    (f"{ONE}/results/tell", ACT, telling_results.tell_of_congress_results, Right.CHANGE_ATTENDEES),
    (
        f"{ONE}/recommendations/new",
        BOTH,
        recommendations.new_recommendation,
        Right.EDIT_PROGRAMME,
    ),
    (RECOMMENDATION, BOTH, recommendations.edit_recommendation, Right.EDIT_PROGRAMME),
    (
        f"{RECOMMENDATION}/remove",
        BOTH,
        recommendations.remove_recommendation,
        Right.EDIT_PROGRAMME,
    ),
    (f"{ONE}/materials", ACT, materials.publish_materials, Right.EDIT_PROGRAMME),
    (MATERIAL, BOTH, materials.edit_material, Right.EDIT_PROGRAMME),
    (f"{MATERIAL}/remove", BOTH, materials.remove_material, Right.EDIT_PROGRAMME),
    (f"{MATERIAL}/file", READ, materials.material_file, Right.EDIT_PROGRAMME),
)
