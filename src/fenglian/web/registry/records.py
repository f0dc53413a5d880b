"""How do the engine's records become JSON columns, and the same records again?"""

from pydantic import TypeAdapter

from fenglian.engine.registry import records as engine
from fenglian.web.intake.records import Column

ORGANISATION = Column(TypeAdapter(engine.Organisation))
PERSON = Column(TypeAdapter(engine.Person))
PERSON_POST = Column(TypeAdapter(engine.PersonPost))
UNIT_POST = Column(TypeAdapter(engine.UnitPost))
PART = Column(TypeAdapter(engine.PartPlayed))
EVENT = Column(TypeAdapter(engine.Event))
ATTENDANCE = Column(TypeAdapter(engine.Attendance))
SIGNING = Column(TypeAdapter(engine.Signing))
QUOTATION = Column(TypeAdapter(engine.Quotation))
