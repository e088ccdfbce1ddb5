"""The units that are known, as facts.

Factors lead to the base unit of the dimension and are exact by definition (SI Brochure, 9th edition; NIST SP
811 for the international yard and pound, US customary volumes and the calorie; 斤 and 两 by the State
Council's order of 1959: 斤 = 500 g of ten 两). Codes in capitals are UN/ECE Recommendation 20 common codes,
which EPCIS 2.0 uses; package codes with ``X`` are those of Recommendation 21.

Two rules keep units from being guessed. A count of containers is comparable only with the same container,
since nobody knows what is in a case. ``%`` is a dimension of its own, because it may be by mass, by volume or
by number; ``g/100 g`` says which.
"""

from __future__ import annotations

from typing import Final

Row = tuple[str, str, str]
"""Canonical symbol; factor to the base unit, a decimal or fraction; aliases separated by ``|``."""

TABLE: Final[dict[str, tuple[Row, ...]]] = {
    "mass": (
        ("kg", "1", "KGM|kgs|kilogram|kilograms|kilo|公斤|千克"),
        ("g", "0.001", "GRM|gram|grams|gm|克"),
        ("mg", "0.000001", "MGM|milligram|milligrams|毫克"),
        ("µg", "0.000000001", "MC|ug|mcg|microgram|micrograms|微克"),
        ("ng", "0.000000000001", "nanogram|nanograms|纳克"),
        ("t", "1000", "TNE|tonne|tonnes|吨|公吨|metric ton|metric tons"),
        ("lb", "0.45359237", "LBR|lbs|pound|pounds|磅"),
        ("oz", "0.028349523125", "ONZ|ounce|ounces|盎司"),
        ("short ton", "907.18474", "STN|short tons|美吨"),
        ("long ton", "1016.0469088", "LTN|long tons|英吨"),
        ("斤", "0.5", "市斤|jin"),
        ("两", "0.05", "市两|liang"),
    ),
    "volume": (
        ("L", "1", "LTR|l|liter|liters|litre|litres|升|公升|DMQ|dm³"),
        ("mL", "0.001", "MLT|ml|milliliter|milliliters|millilitre|millilitres|毫升|CMQ|cm³|cc"),
        ("µL", "0.000001", "4G|ul|微升"),
        ("cL", "0.01", "CLT|cl|厘升"),
        ("dL", "0.1", "DLT|dl|分升"),
        ("hL", "100", "HLT|hl|百升"),
        ("m³", "1000", "MTQ|立方米|m3"),
        ("US gal", "3.785411784", "GLL|gal (US)|美制加仑"),
        ("UK gal", "4.54609", "GLI|gal (UK)|英制加仑"),
        ("US fl oz", "0.0295735295625", "OZA|fl oz (US)"),
    ),
    "length": (
        ("m", "1", "MTR|meter|meters|metre|metres|米"),
        ("km", "1000", "KMT|kilometer|kilometers|kilometre|kilometres|公里|千米"),
        ("cm", "0.01", "CMT|centimeter|centimeters|centimetre|厘米"),
        ("mm", "0.001", "MMT|millimeter|millimeters|millimetre|毫米"),
        ("µm", "0.000001", "4H|um|micron|microns|微米"),
        ("in", "0.0254", "INH|inch|inches|英寸"),
        ("ft", "0.3048", "FOT|foot|feet|英尺"),
        ("yd", "0.9144", "YRD|yard|yards|码"),
        ("mi", "1609.344", "SMI|mile|miles|英里"),
    ),
    "area": (
        ("m²", "1", "MTK|m2|平方米|平米"),
        ("cm²", "0.0001", "CMK|cm2|平方厘米"),
        ("km²", "1000000", "KMK|km2|平方公里"),
        ("ha", "10000", "HAR|hectare|hectares|公顷"),
        ("ft²", "0.09290304", "FTK|ft2|平方英尺"),
        ("acre", "4046.8564224", "ACR|acres|英亩"),
        ("亩", "2000/3", "市亩|mu"),
    ),
    "mass fraction": (
        ("g/kg", "0.001", "mg/g|GK"),
        ("g/100 g", "0.01", "g/100g|克/100克|% (m/m)|%(m/m)|% m/m|% w/w|%w/w|% (w/w)"),
        ("mg/kg", "0.000001", "ppm|59|NA|µg/g|ug/g|毫克/千克|毫克/公斤"),
        ("mg/100 g", "0.00001", "mg/100g|毫克/100克"),
        ("µg/kg", "0.000000001", "ppb|61|ug/kg|ng/g|微克/千克|微克/公斤"),
        ("µg/100 g", "0.00000001", "µg/100g|ug/100g|ug/100 g|微克/100克"),
        ("ng/kg", "0.000000000001", "ppt|pg/g|纳克/千克"),
    ),
    "mass concentration": (
        ("g/L", "1", "g/l|GL|mg/mL|mg/ml|克/升"),
        ("mg/L", "0.001", "mg/l|M1|µg/mL|ug/mL|毫克/升"),
        ("µg/L", "0.000001", "µg/l|ug/L|ug/l|ng/mL|ng/ml|微克/升"),
        ("ng/L", "0.000000001", "ng/l|纳克/升"),
        ("g/100 mL", "10", "g/100mL|g/100ml|克/100毫升"),
        ("mg/100 mL", "0.01", "mg/100mL|mg/100ml|毫克/100毫升"),
        ("µg/100 mL", "0.00001", "µg/100mL|ug/100mL|ug/100 mL"),
    ),
    "mass per energy": (
        ("g/100 kJ", "0.001", "g/100kJ|克/100千焦"),
        ("mg/100 kJ", "0.000001", "mg/100kJ|毫克/100千焦"),
        ("µg/100 kJ", "0.000000001", "µg/100kJ|ug/100kJ|ug/100 kJ|微克/100千焦"),
        ("g/100 kcal", "1/4184", "g/100kcal|克/100千卡"),
        ("mg/100 kcal", "1/4184000", "mg/100kcal|毫克/100千卡"),
        ("µg/100 kcal", "1/4184000000", "µg/100kcal|ug/100kcal|ug/100 kcal"),
    ),
    "retinol per energy": (("µg RE/100 kJ", "1", "µg RE/100kJ|ug RE/100kJ|ug RE/100 kJ"),),
    "tocopherol per energy": (("mg α-TE/100 kJ", "1", "mg α-TE/100kJ"),),
    "mass per area": (
        ("g/m²", "0.001", "GM|g/m2|gsm|克/平方米"),
        ("mg/dm²", "0.0001", "mg/dm2"),
        ("kg/m²", "1", "28|kg/m2"),
    ),
    "density": (("kg/m³", "1", "KMQ|kg/m3"), ("g/cm³", "1000", "23|g/cm3")),
    "energy": (
        ("kJ", "1000", "KJO|千焦"),
        ("J", "1", "JOU|焦耳|焦"),
        ("MJ", "1000000", "3B|兆焦"),
        ("kcal", "4184", "Cal|千卡|大卡"),
        ("kWh", "3600000", "KWH|千瓦时|度电"),
        ("MWh", "3600000000", "MWH|兆瓦时"),
    ),
    "energy per mass": (
        ("kJ/100 g", "10000", "kJ/100g|千焦/100克"),
        ("kcal/100 g", "41840", "kcal/100g|千卡/100克"),
        ("kJ/kg", "1000", "B42"),
    ),
    "energy per volume": (
        ("kJ/100 mL", "10000", "kJ/100mL|kJ/100ml|千焦/100毫升"),
        ("kcal/100 mL", "41840", "kcal/100mL|kcal/100ml"),
    ),
    "biological activity": (("IU", "1", "国际单位"),),
    "activity per mass": (("IU/kg", "1", ""), ("IU/g", "1000", ""), ("IU/100 g", "10", "IU/100g")),
    "activity per energy": (("IU/100 kJ", "1", "IU/100kJ"),),
    "colonies per mass": (("CFU/g", "1", "cfu/g"), ("CFU/25 g", "0.04", "CFU/25g|cfu/25g")),
    "colonies per volume": (
        ("CFU/mL", "1", "CFU/ml|cfu/mL|cfu/ml"),
        ("CFU/100 mL", "0.01", "CFU/100mL|CFU/100ml"),
    ),
    "colonies per area": (("CFU/cm²", "1", "CFU/cm2|cfu/cm2"),),
    "most probable number per mass": (("MPN/g", "1", "mpn/g"), ("MPN/100 g", "0.01", "MPN/100g")),
    "most probable number per volume": (
        ("MPN/mL", "1", "MPN/ml"),
        ("MPN/100 mL", "0.01", "MPN/100mL|MPN/100ml"),
    ),
    "radioactivity per mass": (("Bq/kg", "1", "A18"), ("Bq/g", "1000", "")),
    "radioactivity per volume": (("Bq/L", "1", "Bq/l"),),
    "amount per mass": (("mmol/kg", "1", ""), ("meq/kg", "1/2", "")),  # peroxide value: 1 mmol O₂ is 2 meq
    "amount per volume": (("mmol/L", "1", "mmol/l|M33"),),
    "pressure": (
        ("Pa", "1", "PAL|帕"),
        ("kPa", "1000", "KPA|千帕"),
        ("hPa", "100", "A97|mbar|MBR|百帕"),
        ("MPa", "1000000", "MPA|兆帕"),
        ("bar", "100000", "BAR|巴"),
    ),
    "force": (("N", "1", "NEW|牛顿|牛"),),
    "time": (
        ("s", "1", "SEC|sec|second|seconds|秒"),
        ("min", "60", "MIN|minute|minutes|分钟"),
        ("h", "3600", "HUR|hour|hours|小时"),
        ("d", "86400", "DAY|day|days|天|日"),
        ("week", "604800", "WEE|weeks|周"),
    ),
    "calendar months": (("month", "1", "MON|months|个月|月"), ("year", "12", "ANN|years|年")),
    "speed": (("m/s", "1", "MTS"), ("km/h", "5/18", "KMH")),
    "power": (("W", "1", "WTT|瓦"), ("kW", "1000", "KWT|千瓦")),
    "angle": (("°", "1", "DD|degree|degrees|度"),),
    "percent": (("%", "1", "P1|percent|百分比|％"),),
    "percent by volume": (("% vol", "1", "%vol|% (v/v)|%(v/v)|% v/v|%ABV|% ABV"),),
    "per mille": (("‰", "1", "NX"),),
    "acidity": (("pH", "1", "PH|Q30|ph"),),
    "acidity of milk": (("°T", "1", ""),),
    "soluble solids": (("°Bx", "1", "J17|Brix|°Brix|Bx"),),
    "turbidity": (("NTU", "1", ""),),
    "fineness": (("tex", "1", "D34|dtex/10"), ("dtex", "0.1", "A47"), ("den", "1/9", "A49|denier|旦")),
    "toxic equivalents": (("pg TEQ/g", "1", "pg WHO-TEQ/g"),),
    "carbon footprint": (
        ("kg CO₂e", "1", "kgCO2e|kg CO2e|kg CO2-eq|kgCO2eq|kg CO2 eq"),
        ("t CO₂e", "1000", "tCO2e|t CO2e"),
    ),
    "dimensionless": (("1", "1", "number|无量纲"),),
    "pieces": (
        ("pc", "1", "EA|C62|H87|PCE|pcs|piece|pieces|each|unit|units|件|个|只|枚|粒|片|条|头|颗"),
        ("pair", "2", "PR|pairs|双|对"),
        ("dozen", "12", "DZN|dozens|打"),
        ("hundred", "100", "CEN"),
        ("thousand", "1000", "MIL"),
    ),
    "cases": (("case", "1", "CS|XCS|cases|箱"),),
    "cartons": (("carton", "1", "CT|XCT|cartons|纸箱"),),
    "boxes": (("box", "1", "BX|XBX|boxes|盒"),),
    "bags": (("bag", "1", "BG|XBG|bags|袋"),),
    "sacks": (("sack", "1", "SA|XSA|sacks|麻袋"),),
    "packets": (("packet", "1", "PA|XPA|packets|包"),),
    "packs": (("pack", "1", "PK|XPK|packs|NMP"),),
    "bottles": (("bottle", "1", "BO|XBO|bottles|瓶"),),
    "cans": (("can", "1", "CA|XCA|cans|罐"),),
    "jars": (("jar", "1", "JR|XJR|jars"),),
    "barrels": (("barrel", "1", "BA|XBA|barrels|桶"),),
    "drums": (("drum", "1", "DR|XDR|drums"),),
    "crates": (("crate", "1", "CR|XCR|crates|筐"),),
    "pallets": (("pallet", "1", "PX|XPX|pallets|托盘|托"),),
    "rolls": (("roll", "1", "RO|XRO|rolls|卷"),),
    "bundles": (("bundle", "1", "BE|XBE|bundles|捆|束"),),
    "sheets": (("sheet", "1", "ST|sheets|张"),),
    "sets": (("set", "1", "SET|sets|套"),),
    "bolts": (("bolt", "1", "XBT|bolts|匹"),),
    "animals": (("head", "1", "HEA"),),
}
"""Dimension → its units. ``Cal`` is the food calorie; 头 counts pieces, since 头 is used for garlic too."""

TEMPERATURES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("K", "1", "0", "KEL|kelvin|开尔文"),
    ("°C", "1", "273.15", "CEL|C|℃|celsius|degC|摄氏度"),
    ("°F", "5/9", "45967/180", "FAH|F|℉|fahrenheit|degF|华氏度"),
)
"""Symbol, factor and offset to kelvin (kelvin = value · factor + offset), aliases."""
