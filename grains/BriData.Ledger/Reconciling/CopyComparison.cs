using BriData.Ledger.Merkle;

namespace BriData.Ledger.Reconciling;

/// <summary>Finds the leaves in which two copies differ, and passes over whole subtrees that are equal.</summary>
internal sealed class CopyComparison(CopiedTree a, CopiedTree b)
{
    /// <summary>Leaves of A at positions where B has another leaf or none.</summary>
    public List<(long Index, Hash256 Leaf)> OnlyA { get; } = [];

    /// <summary>Leaves of B at positions where A has another leaf or none.</summary>
    public List<(long Index, Hash256 Leaf)> OnlyB { get; } = [];

    /// <summary>Compares everything.</summary>
    public async Task RunAsync()
    {
        // From the top: subtrees that both have under the same hash need no look inside.
        var (left, right) = (Subtrees(a), Subtrees(b));
        await CompareAsync(left, right);
        OnlyA.Sort(static (x, y) => x.Index.CompareTo(y.Index));
        OnlyB.Sort(static (x, y) => x.Index.CompareTo(y.Index));
    }

    /// <summary>The complete subtrees that the right edge names, from left to right; together they are the whole tree.</summary>
    private static List<Subtree> Subtrees(CopiedTree tree)
    {
        var parts = new List<Subtree>();
        for (var level = TileMath.MaxLevel; level >= 0; level--)
        {
            var edge = tree.Edge(level);
            var first = TileMath.HashesAt(level, tree.Size) / TileMath.Width * TileMath.Width;
            for (var i = 0; i < edge.Length / Hash256.ByteCount; i++)
            {
                parts.Add(new Subtree(level, first + i, CopiedTree.Hash(edge, i)));
            }
        }

        return parts;
    }

    // Two lists of neighbouring subtrees; where they are of different height, the higher one is opened.
    private async Task CompareAsync(List<Subtree> left, List<Subtree> right)
    {
        var (x, y) = (new Stack<Subtree>(left.AsEnumerable().Reverse()), new Stack<Subtree>(right.AsEnumerable().Reverse()));
        while (x.Count > 0 || y.Count > 0)
        {
            if (x.Count > 0 && y.Count > 0)
            {
                var (p, q) = (x.Peek(), y.Peek());
                if (p == q)
                {
                    x.Pop();
                    y.Pop();
                    continue;
                }

                if (p.Level == 0 && q.Level == 0)
                {
                    OnlyA.Add((x.Pop().Index, p.Hash));
                    OnlyB.Add((y.Pop().Index, q.Hash));
                    continue;
                }

                if (p.Level >= q.Level)
                {
                    await OpenAsync(a, x);
                }

                if (q.Level >= p.Level)
                {
                    await OpenAsync(b, y);
                }
            }
            else
            {
                await TakeRestAsync(a, x, OnlyA);
                await TakeRestAsync(b, y, OnlyB);
            }
        }
    }

    private static async Task TakeRestAsync(CopiedTree tree, Stack<Subtree> rest, List<(long, Hash256)> only)
    {
        while (rest.TryPeek(out var next))
        {
            if (next.Level == 0)
            {
                only.Add((next.Index, next.Hash));
                rest.Pop();
            }
            else
            {
                await OpenAsync(tree, rest);
            }
        }
    }

    private static async Task OpenAsync(CopiedTree tree, Stack<Subtree> stack)
    {
        var top = stack.Pop();
        var tile = await tree.FullAsync(top.Level - 1, top.Index, top.Hash);
        for (var i = TileMath.Width - 1; i >= 0; i--)
        {
            stack.Push(new Subtree(top.Level - 1, (top.Index * TileMath.Width) + i, CopiedTree.Hash(tile, i)));
        }
    }

    /// <summary>A complete subtree of 256^level leaves.</summary>
    private readonly record struct Subtree(int Level, long Index, Hash256 Hash);
}
