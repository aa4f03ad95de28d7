using BriData.Policy.RulePacks.Compilation;

namespace BriData.Policy.Analysis.Solving;

/// <summary>What a search asks of a formula: a bound on its truth.</summary>
/// <param name="AtLeast">True for "at least this true", false for "at most".</param>
/// <param name="Level">The bound.</param>
internal readonly record struct Want(bool AtLeast, Truth Level)
{
    public static readonly Want True = new(true, Truth.True);
    public static readonly Want NotFalse = new(true, Truth.Unknown);
    public static readonly Want NotTrue = new(false, Truth.Unknown);
    public static readonly Want False = new(false, Truth.False);

    /// <summary>What to ask of a formula so that its negation meets this.</summary>
    public Want Turned => new(!AtLeast, Truth.True - (byte)Level);

    public bool IsMetBy(TruthRange range) => AtLeast ? range.Low >= Level : range.High <= Level;

    public bool IsPossibleIn(TruthRange range) => AtLeast ? range.High >= Level : range.Low <= Level;
}
