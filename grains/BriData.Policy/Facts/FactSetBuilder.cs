namespace BriData.Policy.Facts;

/// <summary>Collects facts whose values are known to fit, and sorts them once.</summary>
internal struct FactSetBuilder(int capacity)
{
    private readonly FactEntry[] entries = new FactEntry[capacity];
    private int count;

    public void Add(FactDefinition fact, FactValue value, long bits) => entries[count++] = new FactEntry(fact, value, bits);

    public void Add(FactDefinition fact, bool value) => Add(fact, FactValue.Of(value), value ? 1 : 0);

    /// <summary>Adds a value that is checked; one that does not fit is left out, and the fact stays unknown.</summary>
    public void AddIfValid(FactDefinition fact, FactValue value)
    {
        if (FactBinding.Bind(fact, value, out var bits) is null)
        {
            Add(fact, value, bits);
        }
    }

    public readonly FactSet Build()
    {
        var sorted = entries.AsSpan(0, count).ToArray();
        Array.Sort(sorted, static (a, b) => a.Fact.Index - b.Fact.Index);
        return FactSet.FromSorted(sorted);
    }
}
