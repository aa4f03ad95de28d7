namespace BriData.Policy.Facts;

/// <summary>One stated fact, checked, with its comparable form.</summary>
internal readonly record struct FactEntry(FactDefinition Fact, FactValue Value, long Bits)
{
    /// <summary>True when the statement is that the fact is unknown, as in <c>"necessity":"Unknown"</c>.</summary>
    public bool StatesUnknown => Fact.Type == FactType.Enumeration && Value.Text == FactDefinition.UnknownCode;
}
