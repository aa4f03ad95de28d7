namespace BriData.Policy.RulePacks.Reading;

/// <summary>A node of a document with the place it stands at, counted from 1.</summary>
internal abstract record YamlItem(int Line, int Column);

/// <summary>A scalar. Only a plain one (not quoted) can be a number or a truth value.</summary>
internal sealed record YamlScalar(string Value, bool IsPlain, int Line, int Column) : YamlItem(Line, Column);

/// <summary>A sequence.</summary>
internal sealed record YamlList(IReadOnlyList<YamlItem> Items, int Line, int Column) : YamlItem(Line, Column);

/// <summary>A mapping in document order; keys are unique scalars.</summary>
internal sealed record YamlMap(IReadOnlyList<KeyValuePair<YamlScalar, YamlItem>> Members, int Line, int Column)
    : YamlItem(Line, Column)
{
    public YamlItem? Find(string key)
    {
        foreach (var (name, value) in Members)
        {
            if (name.Value == key)
            {
                return value;
            }
        }

        return null;
    }
}
