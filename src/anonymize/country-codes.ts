/** ISO 3166-1 alpha-2 codes: in place of one, another one that functions of expressions know. */
export const countryCodes: readonly string[] =
  "AR AT AU BE BG BO BR CA CH CL CO CR CY CZ DE DK EC EE EG ES FI FR GB GE GH GR GT HK HN HR HU ID IE IL IN IS IT JM JO JP KE KR KZ LA LT LU LV MA MD MT MU MX MY NA NG NI NL NO NP NZ OM PA PE PH PK PL PT PY QA RO RS SE SG SI SK SN SV TH TN TR TW TZ UA UG US UY VN ZA ZM".split(
    " ",
  );
