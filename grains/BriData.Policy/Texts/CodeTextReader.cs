using BriData.Policy.RulePacks.Reading;

namespace BriData.Policy.Texts;

/// <summary>Reads the document of texts: sections of codes, each with its texts by language.</summary>
internal sealed class CodeTextReader
{
    private const string Facts = "facts";

    private static readonly (string Name, CodeKind Kind)[] Sections =
    [
        ("outcomes", CodeKind.Outcome),
        ("mechanisms", CodeKind.Mechanism),
        ("obligations", CodeKind.Obligation),
        ("purposes", CodeKind.Purpose),
        ("decisionCodes", CodeKind.DecisionCode),
        ("decisionOutcomes", CodeKind.DecisionOutcome),
        ("denialKinds", CodeKind.DenialKind),
        ("personalCategories", CodeKind.PersonalCategory),
        ("secrecyLevels", CodeKind.SecrecyLevel),
        ("economicGrades", CodeKind.EconomicGrade),
    ];

    private readonly ReadingErrors errors = new();
    private readonly List<CodeText> texts = [];

    private CodeTextReader()
    {
    }

    /// <summary>Reads the texts. The document ships with the library, so a problem in it throws.</summary>
    /// <exception cref="InvalidDataException">The document is not as it must be; the message names the first place.</exception>
    public static IReadOnlyList<CodeText> Read(ReadOnlyMemory<byte> utf8Yaml)
    {
        var reader = new CodeTextReader();
        if (YamlTree.Read(utf8Yaml, reader.errors) is { } root)
        {
            reader.Document(root);
        }

        if (reader.errors.Count > 0)
        {
            var first = reader.errors.InOrder()[0];
            throw new InvalidDataException($"The texts of the codes cannot be read, line {first.Line}: {first.Message}");
        }

        return reader.texts;
    }

    private void Document(YamlItem root)
    {
        if (MapReader.Open(root, errors, [.. Sections.Select(section => section.Name), Facts]) is not { } document)
        {
            return;
        }

        foreach (var (name, kind) in Sections)
        {
            foreach (var (code, _) in Members(document, name, out var section))
            {
                texts.Add(new CodeText(kind, code.Value, section!.Texts(code.Value)));
            }
        }

        foreach (var (name, fact) in Members(document, Facts, out _))
        {
            if (MapReader.Open(fact, errors, ["label", "description"]) is { } words)
            {
                texts.Add(new CodeText(CodeKind.FactLabel, name.Value, words.Texts("label")));
                texts.Add(new CodeText(CodeKind.FactDescription, name.Value, words.Texts("description")));
            }
        }
    }

    // The codes are the keys, so every key is known here; that each is a code of its vocabulary, a test holds.
    private IReadOnlyList<KeyValuePair<YamlScalar, YamlItem>> Members(MapReader document, string name, out MapReader? section)
    {
        section = document.Required(name) is { } item
            ? MapReader.Open(item, errors, item is YamlMap map ? [.. map.Members.Select(member => member.Key.Value)] : [])
            : null;
        return section?.Map.Members ?? [];
    }
}
