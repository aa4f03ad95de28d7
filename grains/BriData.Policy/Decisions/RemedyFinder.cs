namespace BriData.Policy.Decisions;

/// <summary>
/// Finds what would make a denied request lawful by really deciding it again with the change applied, so it never
/// names a change that does not help. Single changes first, in a fixed order: a mechanism that the law names, a fact
/// that is missing, fewer persons, another purpose that the agreement grants, a term of the agreement. When no single
/// change helps, changes are added one by one as long as each brings the request nearer, and those that turn out not
/// to be needed are dropped.
/// </summary>
internal sealed class RemedyFinder(DecisionInput input)
{
    private const int MaxChanges = 6;

    // A denial may be asked for by anyone at any rate, so the search is bounded.
    private int triesLeft = 300;

    public static Remedy? Find(DecisionInput input, DecisionContext denied) => new RemedyFinder(input).Find(denied);

    private Remedy? Find(DecisionContext denied)
    {
        var chosen = new List<RemedyCandidate>();
        var current = input;
        var context = denied;
        while (chosen.Count < MaxChanges)
        {
            var (passing, nearer, reached) = Step(current, context);
            if (passing is not null)
            {
                chosen.Add(passing);
                return Describe(Needed(chosen));
            }

            if (nearer is null)
            {
                return null;
            }

            chosen.Add(nearer);
            current = nearer.Apply(current);
            context = reached!;
        }

        return null;
    }

    private (RemedyCandidate? Passing, RemedyCandidate? Nearer, DecisionContext? Reached) Step(DecisionInput current, DecisionContext context)
    {
        RemedyCandidate? awaitingApproval = null, nearer = null;
        DecisionContext? reached = null;
        var least = Distance(context);
        foreach (var candidate in RemedyCandidates.For(current, context))
        {
            if (triesLeft-- <= 0)
            {
                break;
            }

            var result = DecisionEngine.Judge(candidate.Apply(current), tells: false);
            if (result.Denial is null)
            {
                if (result.Approvals.Count == 0)
                {
                    return (candidate, null, null);
                }

                awaitingApproval ??= candidate;
            }
            else if (Distance(result) < least)
            {
                (nearer, reached, least) = (candidate, result, Distance(result));
            }
        }

        return (awaitingApproval, nearer, reached);
    }

    // How far a request is from lawful: what is missing, with the agreement's own terms counted before the law's.
    private static int Distance(DecisionContext context) => context.Denial?.Code switch
    {
        null => 0,
        DecisionCodes.ForbiddenByRule or DecisionCodes.ConflictOfLaws => 1000 + context.Missing.Count,
        DecisionCodes.FactMissing or DecisionCodes.MechanismMissing or DecisionCodes.PriorApprovalMissing => 1 + context.Missing.Count,
        _ => 500 + context.Missing.Count,
    };

    private List<RemedyCandidate> Needed(List<RemedyCandidate> chosen)
    {
        for (var i = chosen.Count - 1; i >= 0 && chosen.Count > 1; i--)
        {
            var without = chosen.Where((_, index) => index != i).ToList();
            var changed = without.Aggregate(input, (request, candidate) => candidate.Apply(request));
            if (DecisionEngine.Judge(changed, tells: false).Denial is null)
            {
                chosen = without;
            }
        }

        return chosen;
    }

    private static Remedy Describe(List<RemedyCandidate> chosen) => new(
        $"The request would pass {string.Join(", and ", chosen.Select(candidate => candidate.Text))}.",
        [.. chosen.Select(candidate => candidate.Change)]);
}
