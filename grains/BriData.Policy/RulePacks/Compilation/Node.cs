namespace BriData.Policy.RulePacks.Compilation;

/// <summary>
/// One node of a condition. The nodes of a pack lie in one array in prefix order, a node's parts right behind it, so
/// that evaluation walks forward through memory and <see cref="End"/> skips what need not be read.
/// </summary>
internal struct Node
{
    public NodeKind Kind;

    /// <summary>A comparison only: the result is turned round.</summary>
    public bool Negate;

    /// <summary>The result when the fact was not stated; 0 for none, else 1 + truth.</summary>
    public byte WhenAbsent;

    public Conditions.OffsetUnit Unit;
    public short Fact;
    public short OtherFact;

    /// <summary>Index of the first node behind this one and its parts.</summary>
    public int End;

    /// <summary>Index into the lists or texts of the program.</summary>
    public int Operand;

    public long A;
}
