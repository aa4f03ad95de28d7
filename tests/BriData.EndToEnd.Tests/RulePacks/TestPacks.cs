namespace BriData.EndToEnd.Tests.RulePacks;

/// <summary>A small rule pack of any country: data without persons may go.</summary>
internal static class TestPacks
{
    public static string Yaml(string country, string version, string outcome = "OUT_OF_SCOPE") => $$"""
        format: 1
        jurisdiction: {{country}}
        version: "{{version}}"
        title:
          en: A rule pack of a test
        disclaimer: engineering summary, not legal advice
        lastChecked: 2026-11-22
        rules:
          - id: test-not-personal
            citation: {law: Law of the test, article: art. 1}
            certainty: S+
            effectiveFrom: 2020-01-01
            when: {fact: dataKind, eq: NonPersonal}
            outcome: {{outcome}}
            texts:
              en: The law of the test says so.
        tests:
          - name: data without persons
            eventDate: 2026-06-15
            facts: {dataKind: NonPersonal}
            expect: {outcome: {{outcome}}}

        """;
}
