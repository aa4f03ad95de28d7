namespace BriData.Policy.Analysis.Solving;

/// <summary>A condition over the variables of a <see cref="FactSpace"/>.</summary>
internal abstract class Formula
{
    /// <summary>Bounds of its truth while the variables are anywhere in their domains; equal bounds are exact.</summary>
    public abstract TruthRange Range(Domains domains);

    /// <summary>
    /// Takes away values that rule out what is wanted; false when nothing is left. Never takes away a value with which
    /// it could be had.
    /// </summary>
    public abstract bool Require(Domains domains, Want want);

    /// <summary>A choice that helps to decide; only to be asked while what is wanted is possible and not yet met.</summary>
    public abstract Branch Split(Domains domains, Want want);
}
