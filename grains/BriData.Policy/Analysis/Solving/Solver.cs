namespace BriData.Policy.Analysis.Solving;

/// <summary>
/// Finds cases by narrowing domains and, where that does not decide, by trying both halves of a choice. Exact: "none"
/// is said only after every choice has failed.
/// </summary>
internal sealed class Solver(FactSpace space, AnalysisLimits limits, CancellationToken cancellation)
{
    private int stepsLeft;
    private Domains? found;

    public long Searches { get; private set; }

    public long Steps { get; private set; }

    /// <summary>True once a search gave up.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>True once all steps are used up, so that no search finds anything any more.</summary>
    public bool IsSpent => Steps >= limits.Steps;

    /// <summary>Looks for a case that fulfils all goals; <paramref name="region"/> are domains in which every case does.</summary>
    /// <exception cref="OperationCanceledException">The analysis was cancelled.</exception>
    public SearchResult Find(IEnumerable<Goal> goals, out Domains? region)
    {
        Searches++;
        stepsLeft = limits.StepsPerSearch;
        found = null;
        var result = Explore(space.Full.Clone(), [.. goals, .. space.Consistent]);
        region = found;
        if (result == SearchResult.None && space.IsCut)
        {
            result = SearchResult.GaveUp;
        }

        GaveUp |= result == SearchResult.GaveUp;
        return result;
    }

    /// <inheritdoc cref="Find(IEnumerable{Goal}, out Domains?)"/>
    public SearchResult Find(IEnumerable<Goal> goals) => Find(goals, out _);

    /// <summary>What narrowing alone leaves; null when it leaves nothing.</summary>
    public Domains? Narrow(IEnumerable<Goal> goals)
    {
        var domains = space.Full.Clone();
        return Settle(domains, [.. goals, .. space.Consistent]) is null ? null : domains;
    }

    private SearchResult Explore(Domains domains, Goal[] goals)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (stepsLeft-- <= 0 || IsSpent)
            {
                return SearchResult.GaveUp;
            }

            Steps++;
            if (Settle(domains, goals) is not { } left)
            {
                return SearchResult.None;
            }

            if (left.Length == 0)
            {
                found = domains;
                return SearchResult.Found;
            }

            goals = left;
            var branch = goals[0].Formula.Split(domains, goals[0].Want);
            var first = domains.Clone();
            if (first.Keep(branch.Variable, branch.First) && Explore(first, goals) is var result and not SearchResult.None)
            {
                return result;
            }

            if (!domains.Remove(branch.Variable, branch.First))
            {
                return SearchResult.None;
            }
        }
    }

    /// <summary>The goals that narrowing leaves open; null when one cannot be met.</summary>
    private static Goal[]? Settle(Domains domains, Goal[] goals)
    {
        var open = new List<Goal>(goals);
        do
        {
            domains.Changed = false;
            var kept = 0;
            for (var i = 0; i < open.Count; i++)
            {
                var goal = open[i];
                var range = goal.Formula.Range(domains);
                if (goal.Want.IsMetBy(range))
                {
                    continue;
                }

                if (!goal.Want.IsPossibleIn(range) || !goal.Formula.Require(domains, goal.Want))
                {
                    return null;
                }

                open[kept++] = goal;
            }

            open.RemoveRange(kept, open.Count - kept);
        }
        while (domains.Changed);

        return [.. open];
    }
}
