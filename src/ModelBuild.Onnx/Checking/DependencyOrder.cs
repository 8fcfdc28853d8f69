using System;
using System.Collections.Generic;

namespace ModelBuild.Onnx.Checking;

/// <summary>
/// Orders things after what they depend on. Used for nodes and for functions, both of which are numbered by their place in the file.
/// Neither recursive nor more than linearithmic: a hostile file may chain millions of nodes.
/// </summary>
internal static class DependencyOrder
{
    /// <summary>The order of the numbers 0..count-1, and the circles that made some of them impossible to place.</summary>
    /// <param name="Order">Every number that is neither on a circle nor depends on one; otherwise as close to the file's order as can be.</param>
    /// <param name="Cycles">Circles that share no number, each in the direction "depends on"; empty when the order is complete.</param>
    public readonly record struct Result(IReadOnlyList<int> Order, IReadOnlyList<IReadOnlyList<int>> Cycles);

    /// <param name="count">How many things there are.</param>
    /// <param name="dependencies">For each, the numbers it depends on; repetitions are allowed, and so is the number itself.</param>
    public static Result Sort(int count, IReadOnlyList<IReadOnlyList<int>> dependencies)
    {
        var dependents = new List<int>?[count];
        int[] missing = new int[count];
        for (int i = 0; i < count; i++)
        {
            foreach (int dependency in dependencies[i])
            {
                (dependents[dependency] ??= []).Add(i);
                missing[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < count; i++)
        {
            if (missing[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var order = new List<int>(count);
        while (ready.TryDequeue(out int next, out _))
        {
            order.Add(next);
            foreach (int dependent in dependents[next] ?? [])
            {
                if (--missing[dependent] == 0)
                {
                    ready.Enqueue(dependent, dependent);
                }
            }
        }

        return new Result(order, order.Count == count ? [] : FindCycles(missing, dependencies));
    }

    /// <summary>
    /// Whatever is left has a dependency that is left too. Following one of them from each thing must run into a circle; since only one is
    /// followed, circles found this way are disjoint and the search is linear.
    /// </summary>
    private static List<IReadOnlyList<int>> FindCycles(int[] missing, IReadOnlyList<IReadOnlyList<int>> dependencies)
    {
        var cycles = new List<IReadOnlyList<int>>();
        int[] walk = new int[missing.Length]; // 0: not visited; otherwise the number of the walk that did
        for (int start = 0; start < missing.Length; start++)
        {
            int current = start;
            while (missing[current] > 0 && walk[current] == 0)
            {
                walk[current] = start + 1;
                current = Unplaced(current);
            }

            if (missing[current] > 0 && walk[current] == start + 1)
            {
                var cycle = new List<int> { current };
                for (int next = Unplaced(current); next != current; next = Unplaced(next))
                {
                    cycle.Add(next);
                }

                cycles.Add(cycle);
                MarkDone(cycle);
            }
        }

        return cycles;

        int Unplaced(int of)
        {
            foreach (int dependency in dependencies[of])
            {
                if (missing[dependency] > 0)
                {
                    return dependency;
                }
            }

            throw new InvalidOperationException("A thing without unplaced dependencies was not placed.");
        }

        // A later walk that ends here must not find the circle again; a walk's number is never that high.
        void MarkDone(List<int> cycle)
        {
            foreach (int member in cycle)
            {
                walk[member] = int.MaxValue;
            }
        }
    }
}
