using System.Diagnostics;

namespace BriData.Storage.Sqlite.Ledgers;

/// <summary>One span per commit: a child of the first request's span, linked to those of the others.</summary>
internal static class CommitTrace
{
    public static Activity? Start(List<WriteRequest> group)
    {
        if (!StorageInstruments.Activities.HasListeners())
        {
            return null;
        }

        var parent = default(ActivityContext);
        List<ActivityLink>? links = null;
        foreach (var request in group)
        {
            if (request.Origin == default)
            {
                continue;
            }

            if (parent == default)
            {
                parent = request.Origin;
            }
            else
            {
                (links ??= []).Add(new ActivityLink(request.Origin));
            }
        }

        return StorageInstruments.Activities.StartActivity("ledger.commit", ActivityKind.Internal, parent, links: links);
    }

    public static void Finish(Activity? activity, List<WriteRequest> group, RequestRefusal? failure)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("bridata.commit.requests", group.Count);
        if (failure is not null)
        {
            activity.SetTag("error.type", failure.Reason.ToString());
            activity.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }
}
