"""All stops of the accessibility walk but those of accounts, which have a walk of their own."""

from tests.walks.aid_stops import AID
from tests.walks.cms_stops import FRONT_HALL
from tests.walks.desk_stops import DESK
from tests.walks.error_stops import ERRORS
from tests.walks.stops import Stop

GROUND = [
    Stop("parts, public", "/{language}/parts/", "Every part in its states"),
    Stop("parts, aid", "/{language}/parts/?layout=aid", "Every part in its states"),
    Stop("parts, desk", "/{language}/parts/?layout=desk", "Every part in its states"),
    Stop("parts, account", "/{language}/parts/?layout=account", "Every part in its states"),
    Stop("quick exit", "/{language}/quetsch/", "Bake for 35 minutes"),
    Stop("nothing here, public", "/{language}/nowhere/", "There is nothing at this address", status=404),
    Stop("nothing here, aid", "/{language}/aid/nowhere/", "There is nothing at this address", status=404),
]

STOPS = [*GROUND, *ERRORS, *FRONT_HALL, *AID, *DESK]
