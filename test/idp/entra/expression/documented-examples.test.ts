import { describe, expect, test } from "vitest";

import type { ExpressionValue } from "../../../../src/idp/entra/expression/values.ts";
import { evaluateEntra, type Attributes } from "../../../support/entra-expression.ts";

type Example = [source: string, attributes: Attributes, expected: ExpressionValue];

// Every example of "Reference for writing expressions for attribute mappings in Microsoft Entra ID", as it is printed.
describe("the examples of Microsoft's reference yield what it prints", () => {
  test.each<Example>([
    [
      'Append([userPrincipalName], ".test")',
      { userPrincipalName: "John.Doe@contoso.com" },
      "John.Doe@contoso.com.test",
    ],
    ["BitAnd(&HF, &HF7)", {}, 7],
    ["CBool([attribute1] = [attribute2])", { attribute1: "a", attribute2: "a" }, true],
    ["CBool([attribute1] = [attribute2])", { attribute1: "a", attribute2: "b" }, false],
    ["CDate([StatusHireDate])", { StatusHireDate: "2020-03-16-07:00" }, "3/16/2020 7:00:00 AM"],
    ['CDate("2021-06-30+08:00")', {}, "6/29/2021 4:00:00 PM"],
    ['CDate("2009-06-15T01:45:30-07:00")', {}, "6/15/2009 8:45:30 AM"],
    [
      "Coalesce([mail],[userPrincipalName])",
      { mail: null, userPrincipalName: "John.Doe@contoso.com" },
      "John.Doe@contoso.com",
    ],
    ['ConvertToBase64("Hello world!")', {}, "SABlAGwAbABvACAAdwBvAHIAbABkACEA"],
    ['ConvertToUTF8Hex("Hello world!")', {}, "48656C6C6F20776F726C6421"],
    ["CStr([dn])", { dn: "cn=Joe,dc=contoso,dc=com" }, "cn=Joe,dc=contoso,dc=com"],
    ["DateFromNum(129699324000000000)", {}, "1/1/2012 11:00:00 PM"],
    [
      'FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")',
      { extensionAttribute1: "20150123105347.1Z" },
      "2015-01-23",
    ],
    ["IgnoreFlowIfNullOrEmpty([department])", { department: "" }, null],
    ["IgnoreFlowIfNullOrEmpty([department])", { department: "Sales" }, "Sales"],
    [
      'IgnoreFlowIfNullOrEmpty(Switch([prefix], "", "3443", "Dr.", "3444", "Prof.", "3445", "Prof. Dr."))',
      { prefix: "1" },
      null,
    ],
    [
      'IgnoreFlowIfNullOrEmpty(Switch([prefix], "", "3443", "Dr.", "3444", "Prof.", "3445", "Prof. Dr."))',
      { prefix: "3445" },
      "Prof. Dr.",
    ],
    ['IIF([country]="USA",[country],[department])', { country: "USA", department: "Sales" }, "USA"],
    ['IIF([country]="USA",[country],[department])', { country: "France", department: "Sales" }, "Sales"],
    [
      'IIF([country]="USA",IIF([state]="CA","True","False"),"False")',
      { country: "USA", state: "CA" },
      "True",
    ],
    [
      'IIF([country]="USA",IIF([state]="CA","True","False"),"False")',
      { country: "USA", state: "WA" },
      "False",
    ],
    [
      'IIF([country]="USA","True",IIF([state]="CA","True","False"))',
      { country: "Peru", state: "CA" },
      "True",
    ],
    ['Switch([country],[country],"","Other")', { country: null }, "Other"],
    ['Switch([country],[country],"","Other")', { country: "USA" }, "USA"],
    ['InStr("The quick brown fox","quick")', {}, 5],
    ['InStr("repEated","e",3,vbBinaryCompare)', {}, 7],
    ["IsNull([displayName])", {}, true],
    ["IsNullOrEmpty([displayName])", { displayName: "" }, true],
    [
      "Switch(IsPresent([directManager]),[directManager], IsPresent([skiplevelManager]),[skiplevelManager], IsPresent([director]),[director])",
      { directManager: "Ada", skiplevelManager: "Grace", director: "Alan" },
      "Grace",
    ],
    ["Item([proxyAddresses], 1)", { proxyAddresses: ["SMTP:a@b.c", "smtp:d@e.f"] }, "SMTP:a@b.c"],
    ['Left("John Doe", 3)', {}, "Joh"],
    ["NormalizeDiacritics([givenName])", { givenName: "Zoë" }, "Zoe"],
    ["PCase([firstName])", { firstName: "PABLO GONSALVES (SECOND)" }, "Pablo Gonsalves (Second)"],
    [`PCase([lastName]," '-")`, { lastName: "PINTO-DE'SILVA" }, "Pinto-De'Silva"],
    ['PCase(Join(" ",[firstName],[lastName]))', { firstName: "GREGORY", lastName: "JAMES" }, "Gregory James"],
    ["RemoveDuplicates([proxyAddresses])", { proxyAddresses: ["a", "b", "a"] }, ["a", "b"]],
    [
      'Replace([BusinessTitle],"Product Developer", , , "Software Engineer", , )',
      { BusinessTitle: "Product Developer" },
      "Software Engineer",
    ],
    [
      'Replace([UserID],"<username>", , , , , "<username>@contoso.com")',
      { UserID: "jsmith" },
      "jsmith@contoso.com",
    ],
    [
      String.raw`Replace([telephoneNumber], , "\\+(?<isdCode>\\d* )(?<phoneNumber>\\d{10})", , "${"$"}{phoneNumber}", , )`,
      { telephoneNumber: "+91 9998887777" },
      "9998887777",
    ],
    [
      String.raw`Replace([AddressLineData], ,"(?<streetNumber>^\\d*)","streetNumber", "888", , )`,
      { AddressLineData: "545 Tremont Street" },
      "888 Tremont Street",
    ],
    [
      'Replace([userPrincipalName], , "(?<Suffix>@(.)*)", "Suffix", "", , )',
      { userPrincipalName: "jsmith@contoso.com" },
      "jsmith",
    ],
    [
      String.raw`Replace([telephoneNumber], , "\\+(?<isdCode>\\d* )(?<phoneNumber>\\d{10})", "phoneNumber" , , [mobile], )`,
      { telephoneNumber: "", mobile: "+91 8887779999" },
      "8887779999",
    ],
    ['Replace([mailNickname], , "[a-zA-Z_]*", , "", , )', { mailNickname: "john_doe72" }, "72"],
    [
      'Split([extensionAttribute5], ",")',
      { extensionAttribute5: "PermissionSetOne, PermissionSetTwo" },
      ["PermissionSetOne", "PermissionSetTwo"],
    ],
    ['Switch(ToLower([statusFlag]), "0", "true", "1", "false", "0")', { statusFlag: "TRUE" }, "1"],
    ['Switch([statusFlag], "Default Value", "true", "1", "", "0")', { statusFlag: "" }, "0"],
    ['Switch([statusFlag], "Default Value", "true", "1", "", "0")', { statusFlag: "True" }, "Default Value"],
    [
      'IIF([companyName] = "Company A", "A", IIF([companyName] = "Company B", "B", "External"))',
      { companyName: "Company B" },
      "B",
    ],
    [
      'Switch([state], "Australia/Sydney", "NSW", "Australia/Sydney","QLD", "Australia/Brisbane", "SA", "Australia/Adelaide")',
      { state: "QLD" },
      "Australia/Brisbane",
    ],
    [
      'ToLower(Join("@", NormalizeDiacritics(StripSpaces(Join(".",  [PreferredFirstName], [PreferredLastName]))), "contoso.com"))',
      { PreferredFirstName: "John", PreferredLastName: "Smith" },
      "john.smith@contoso.com",
    ],
    ['Word("The quick brown fox",3," ")', {}, "brown"],
    ['Word("This,string!has&many separators",3,",!&#")', {}, "has"],
    ['Replace([mail], "@contoso.com", , ,"", ,)', { mail: "john.doe@contoso.com" }, "john.doe"],
    ["Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))", { givenName: "John", surname: "Doe" }, "JohDoe"],
    ['Join(", ", "", [surname], [givenName])', { givenName: "John", surname: "Doe" }, "Doe, John"],
    [
      'Join("", 1000, Replace(ConvertToUTF8Hex([objectId]), , "[a-zA-Z_]*", , "", , ))',
      // Which the printed output says in hexadecimal; the object id printed beside it was replaced later.
      { objectId: "d05e47b1-3909-445a-ba5e-ca60cbc0e4b4" },
      "100064303565343762312333930392343435612626135652636136306362633065346234",
    ],
  ])("%s", (source, attributes, expected) => {
    expect(evaluateEntra(source, attributes)).toEqual(expected);
  });

  test("the parentheses, dashes and spaces of a number go; the + that the printed output lacks is not in the pattern", () => {
    const source = String.raw`Replace([mobile], , "[()\\s-]+", , "", , )`;
    expect(evaluateEntra(source, { mobile: "+1 (999) 888-7777" })).toBe("+19998887777");
  });

  test("Now in its printed form", () => {
    const now = (): Date => new Date("2021-07-02T15:33:38Z");
    expect(evaluateEntra("Now()", {}, { now })).toBe("7/2/2021 3:33:38 PM");
  });
});

describe("DateAdd, Example 1", () => {
  test.each<[interval: string, value: number, expected: string]>([
    ["d", 7, "3/23/2012 7:00:00 AM"],
    ["d", -10, "3/6/2012 7:00:00 AM"],
    ["ww", 2, "3/30/2012 7:00:00 AM"],
    ["m", 10, "1/16/2013 7:00:00 AM"],
    ["yyyy", 2, "3/16/2014 7:00:00 AM"],
  ])("%s %i", (interval, value, expected) => {
    const source = `DateAdd("${interval}", ${value}, CDate([StatusHireDate]))`;
    expect(evaluateEntra(source, { StatusHireDate: "2012-03-16-07:00" })).toBe(expected);
  });
});

describe("DateDiff, Example 1", () => {
  test.each<[interval: string, date1: string, date2: string, expected: number]>([
    ["d", "2021-08-18+08:00", "2021-08-31+08:00", 13],
    ["d", "8/25/2021 5:41:18 PM", "2012-03-16-07:00", -3449],
    ["ww", "8/25/2021 5:41:18 PM", "2012-03-16-07:00", -493],
    ["m", "8/25/2021 5:41:18 PM", "2012-03-16-07:00", -113],
    ["yyyy", "8/25/2021 5:41:18 PM", "2012-03-16-07:00", -9],
    ["d", "2021-08-31+08:00", "2021-08-31+08:00", 0],
    ["h", "2021-08-24", "2021-08-25", 24],
    ["n", "2021-08-24", "2021-08-25", 1440],
    ["s", "2021-08-24", "2021-08-25", 86_400],
  ])("%s from %s to %s", (interval, date1, date2, expected) => {
    expect(evaluateEntra(`DateDiff("${interval}", CDate("${date1}"), CDate("${date2}"))`)).toBe(expected);
  });
});

describe("DateDiff, Example 2: active only if the hire date is within five days", () => {
  const source = `Switch([Active], ,
  "1", IIF(DateDiff("d", Now(), CDate([StatusHireDate])) > 5, "False", "True"),
  "0", "False")`;

  test.each<[Active: string, StatusHireDate: string, expected: string | null]>([
    ["1", "2021-08-29-07:00", "True"],
    ["1", "2021-09-29-07:00", "False"],
    ["0", "2021-08-29-07:00", "False"],
    ["2", "2021-08-29-07:00", null],
  ])("Active %s, hired %s", (Active, StatusHireDate, expected) => {
    expect(evaluateEntra(source, { Active, StatusHireDate })).toBe(expected);
  });
});

// 2021-01-01T07:59:59Z is 2020-12-31 23:59:59 at -08:00, the end of the contract; in 100 ns since 1601.
describe("NumFromDate: the end of a contract as accountExpires", () => {
  test.each<[rule: string, source: string, attributes: Attributes]>([
    [
      "Workday",
      'NumFromDate(Join("", FormatDateTime([ContractEndDate], ,"yyyy-MM-ddzzz", "yyyy-MM-dd"), " 23:59:59-08:00"))',
      { ContractEndDate: "2020-12-31-08:00" },
    ],
    [
      "SuccessFactors",
      'NumFromDate(Join("",FormatDateTime([endDate], ,"M/d/yyyy hh:mm:ss tt","yyyy-MM-dd")," 23:59:59-08:00"))',
      { endDate: "12/31/2020 12:00:00 AM" },
    ],
  ])("%s", (_rule, source, attributes) => {
    expect(evaluateEntra(source, attributes)).toBe(132_539_615_990_000_000);
    expect(evaluateEntra(`DateFromNum(${source})`, attributes)).toBe("1/1/2021 7:59:59 AM");
  });
});

// Row by row, with the upper case beside the lower case; of ß the table has no upper case.
describe("NormalizeDiacritics, the documented table", () => {
  test.each<[normal: string, lower: string, upper: string]>([
    ["a", "ä à â ã å á ą ă ā ā́ ā̀ ā̂ ā̃ ǟ ā̈ ǡ a̱ å̄", "Ä À Â Ã Å Á Ą Ă Ā Ā́ Ā̀ Ā̂ Ā̃ Ǟ Ā̈ Ǡ A̱ Å̄"],
    ["ae", "æ ǣ", "Æ Ǣ"],
    ["c", "ç č ć c̄ c̱", "Ç Č Ć C̄ C̱"],
    ["d", "ď d̄ ḏ", "Ď D̄ Ḏ"],
    ["e", "ë è é ê ę ě ė ē ḗ ḕ ē̂ ē̃ ê̄ e̱ ë̄ e̊̄", "Ë È É Ê Ę Ě Ė Ē Ḗ Ḕ Ē̂ Ē̃ Ê̄ E̱ Ë̄ E̊̄"],
    ["g", "ğ ḡ g̱", "Ğ Ḡ G̱"],
    ["i", "ï î ì í ı ī ī́ ī̀ ī̂ ī̃ i̱", "Ï Î Ì Í İ Ī Ī́ Ī̀ Ī̂ Ī̃ I̱"],
    ["l", "ľ ł l̄ ḹ ḻ", "Ł Ľ L̄ Ḹ Ḻ"],
    ["n", "ñ ń ň n̄ ṉ", "Ñ Ń Ň N̄ Ṉ"],
    ["o", "ö ò ő õ ô ó ō ṓ ṑ ō̂ ō̃ ȫ ō̈ ǭ ȭ ȱ o̱", "Ö Ò Ő Õ Ô Ó Ō Ṓ Ṑ Ō̂ Ō̃ Ȫ Ō̈ Ǭ Ȭ Ȱ O̱"],
    ["oe", "ø ø̄ œ̄", "Ø Ø̄ Œ̄"],
    ["r", "ř r̄ ṟ ṝ", "Ř R̄ Ṟ Ṝ"],
    ["ss", "ß", "ẞ"],
    ["s", "š ś ș ş s̄ s̱", "Š Ś Ș Ş S̄ S̱"],
    ["t", "ť ț t̄ ṯ", "Ť Ț T̄ Ṯ"],
    ["u", "ü ù û ú ů ű ū ū́ ū̀ ū̂ ū̃ u̇̄ ǖ ṻ ṳ̄ u̱", "Ü Ù Û Ú Ů Ű Ū Ū́ Ū̀ Ū̂ Ū̃ U̇̄ Ǖ Ṻ Ṳ̄ U̱"],
    ["y", "ÿ ý ȳ ȳ́ ȳ̀ ȳ̃ y̱", "Ÿ Ý Ȳ Ȳ́ Ȳ̀ Ȳ̃ Y̱"],
    ["z", "ź ž ż z̄ ẕ", "Ź Ž Ż Z̄ Ẕ"],
  ])("%s", (normal, lower, upper) => {
    const normalized = (letters: string): readonly unknown[] =>
      letters.split(" ").map((letter) => evaluateEntra("NormalizeDiacritics([x])", { x: letter }));
    expect(new Set(normalized(lower))).toEqual(new Set([normal]));
    expect(new Set(normalized(upper))).toEqual(new Set([normal.toUpperCase()]));
  });
});
