namespace BriData.Policy.Facts;

/// <summary>What it means that nobody stated a fact.</summary>
public enum AbsencePolicy
{
    /// <summary>Unknown. Counts and everything that opens a route are of this kind; only in a stated case is a count nought whose categories the case leaves out.</summary>
    Unknown,

    /// <summary>
    /// A person who states a case leaves the harmless value out, so judging stated facts assumes it and says so.
    /// A decision about a real transfer does not: there the fact stays unknown.
    /// </summary>
    AssumedWhenStated,

    /// <summary>A finding that exists only once somebody made it (a listing, a detected split); absent means not found.</summary>
    Finding,
}
