using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>Decision trees as the arrays that the kernel walks, see <see cref="Kernels.TreeEnsemble"/>.</summary>
internal sealed class TreeTable
{
    private static readonly string[] Modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "LEAF"];

    public List<int> Feature { get; } = [];

    public List<double> Value { get; } = [];

    public List<byte> Mode { get; } = [];

    public List<int> OnTrue { get; } = [];

    public List<int> OnFalse { get; } = [];

    public List<int> Sets { get; } = [];

    public List<double> Members { get; } = [];

    public List<int> Roots { get; } = [];

    public List<int> Targets { get; } = [];

    public List<double> Weights { get; } = [];

    /// <summary>The trees of TreeEnsembleClassifier (<paramref name="role"/> is "class") and TreeEnsembleRegressor ("target").</summary>
    public static TreeTable OfClassic(Attributes attributes, string role)
    {
        var table = new TreeTable();
        var (trees, ids) = (attributes.Require<long[]>("nodes_treeids"), attributes.Require<long[]>("nodes_nodeids"));
        var (features, modes) = (attributes.Require<long[]>("nodes_featureids"), attributes.Require<string[]>("nodes_modes"));
        var (onTrue, onFalse) = (attributes.Require<long[]>("nodes_truenodeids"), attributes.Require<long[]>("nodes_falsenodeids"));
        var values = Numbers(attributes, "nodes_values");
        var missing = attributes.Ints("nodes_missing_value_tracks_true", []);
        RequireLengths(ids.Length, trees.Length, features.Length, modes.Length, onTrue.Length, onFalse.Length, values.Length);
        var places = new Dictionary<(long, long), int>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (!places.TryAdd((trees[i], ids[i]), i))
            {
                throw new OperatorException($"tree {trees[i]} has two nodes {ids[i]}");
            }
        }

        var entries = Entries(attributes, role).ToLookup(entry => places.TryGetValue((entry.Tree, entry.Node), out var place) ? place : -1);
        var children = new HashSet<int>();
        for (var i = 0; i < ids.Length; i++)
        {
            var mode = Array.IndexOf(Modes, modes[i]);
            if (mode == Kernels.TreeEnsemble.Leaf)
            {
                table.AddLeaf(entries[i].Select(entry => (entry.Target, entry.Weight)));
                continue;
            }

            int Child(long id) => places.TryGetValue((trees[i], id), out var place) ? place : throw new OperatorException($"tree {trees[i]} has no node {id}");
            var (yes, no) = (Child(onTrue[i]), Child(onFalse[i]));
            children.UnionWith([yes, no]);
            table.AddBranch(features[i], values[i], mode < 0 ? throw new OperatorException($"nodes_modes \"{modes[i]}\" is not defined") : mode, i < missing.Length && missing[i] != 0, yes, no);
        }

        table.Roots.AddRange(Enumerable.Range(0, ids.Length).Where(i => !children.Contains(i)));
        table.RequireTrees();
        return table;
    }

    /// <summary>The trees of TreeEnsemble.</summary>
    public static TreeTable OfModern(Attributes attributes)
    {
        var table = new TreeTable();
        var (features, roots) = (attributes.Require<long[]>("nodes_featureids"), attributes.Require<long[]>("tree_roots"));
        var modes = attributes.Require<Tensor>("nodes_modes").Bytes.ToArray();
        var (onTrue, onFalse) = (attributes.Require<long[]>("nodes_truenodeids"), attributes.Require<long[]>("nodes_falsenodeids"));
        var (trueLeafs, falseLeafs) = (attributes.Require<long[]>("nodes_trueleafs"), attributes.Require<long[]>("nodes_falseleafs"));
        var values = Numbers(attributes.Require<Tensor>("nodes_splits"));
        var missing = attributes.Ints("nodes_missing_value_tracks_true", []);
        var (targets, weights) = (attributes.Require<long[]>("leaf_targetids"), Numbers(attributes.Require<Tensor>("leaf_weights")));
        var members = attributes.Has("membership_values") ? Numbers(attributes.Require<Tensor>("membership_values")) : [];
        RequireLengths(features.Length, modes.Length, onTrue.Length, onFalse.Length, trueLeafs.Length, falseLeafs.Length, values.Length);
        RequireLengths(targets.Length, weights.Length);
        var nextMember = 0;
        for (var i = 0; i < features.Length; i++)
        {
            int Place(long id, long isLeaf) => id >= 0 && id < (isLeaf != 0 ? targets.Length : features.Length)
                ? (int)(isLeaf != 0 ? features.Length + id : id)
                : throw new OperatorException($"node {i} goes on to {id}, which does not exist");
            var mode = modes[i] == 6 ? Kernels.TreeEnsemble.Member : modes[i];
            if (modes[i] > 6)
            {
                throw new OperatorException($"nodes_modes {modes[i]} is not defined");
            }

            table.AddBranch(features[i], values[i], mode, i < missing.Length && missing[i] != 0, Place(onTrue[i], trueLeafs[i]), Place(onFalse[i], falseLeafs[i]));
            var first = nextMember;
            while (mode == Kernels.TreeEnsemble.Member && nextMember < members.Length && !double.IsNaN(members[nextMember]))
            {
                nextMember++;
            }

            // Sets are in the order of their nodes, each closed by NaN.
            table.Sets.AddRange([first, nextMember - first]);
            nextMember += mode == Kernels.TreeEnsemble.Member ? 1 : 0;
        }

        foreach (var (target, weight) in targets.Zip(weights))
        {
            table.AddLeaf([(target, weight)]);
            table.Sets.AddRange([0, 0]);
        }

        table.Members.AddRange(members);
        table.Roots.AddRange(roots.Select(root => (int)root));
        table.RequireTrees();
        return table;
    }

    private static IEnumerable<(long Tree, long Node, long Target, double Weight)> Entries(Attributes attributes, string role)
    {
        var (trees, nodes) = (attributes.Require<long[]>($"{role}_treeids"), attributes.Require<long[]>($"{role}_nodeids"));
        var (targets, weights) = (attributes.Require<long[]>($"{role}_ids"), Numbers(attributes, $"{role}_weights"));
        RequireLengths(trees.Length, nodes.Length, targets.Length, weights.Length);
        return trees.Select((tree, i) => (tree, nodes[i], targets[i], weights[i]));
    }

    private static double[] Numbers(Attributes attributes, string name) => attributes.Has($"{name}_as_tensor")
        ? Numbers(attributes.Require<Tensor>($"{name}_as_tensor"))
        : [.. attributes.Require<float[]>(name).Select(value => (double)value)];

    private static double[] Numbers(Tensor tensor) => tensor.Type == ElementType.Double ? tensor.As<double>().ToArray()
        : tensor.Type == ElementType.Float16 ? [.. tensor.As<Half>().ToArray().Select(value => (double)value)]
        : [.. tensor.As<float>().ToArray().Select(value => (double)value)];

    private static void RequireLengths(int expected, params int[] lengths)
    {
        if (lengths.Any(length => length != expected))
        {
            throw new OperatorException($"the attributes of its nodes have different lengths: {expected}, {string.Join(", ", lengths)}");
        }
    }

    private void AddBranch(long feature, double value, int mode, bool tracksTrue, int onTrue, int onFalse)
    {
        Feature.Add(checked((int)feature));
        Value.Add(value);
        Mode.Add((byte)(mode + (tracksTrue ? 16 : 0)));
        OnTrue.Add(onTrue);
        OnFalse.Add(onFalse);
    }

    private void AddLeaf(IEnumerable<(long Target, double Weight)> entries)
    {
        var all = entries.ToArray();
        Feature.Add(0);
        Value.Add(0);
        Mode.Add(Kernels.TreeEnsemble.Leaf);
        OnTrue.Add(Targets.Count);
        OnFalse.Add(all.Length);
        Targets.AddRange(all.Select(entry => checked((int)entry.Target)));
        Weights.AddRange(all.Select(entry => entry.Weight));
    }

    // A walk must come to an end: every node has one way to it.
    private void RequireTrees()
    {
        var visited = new bool[Mode.Count];
        var pending = new Stack<int>(Roots);
        while (pending.TryPop(out var node))
        {
            if (node < 0 || node >= Mode.Count)
            {
                throw new OperatorException($"node {node} does not exist");
            }

            var isLeaf = (Mode[node] & 15) == Kernels.TreeEnsemble.Leaf;
            if (visited[node] && !isLeaf)
            {
                throw new OperatorException($"its nodes are no trees: there are two ways to node {node}");
            }

            visited[node] = true;
            if (!isLeaf)
            {
                pending.Push(OnTrue[node]);
                pending.Push(OnFalse[node]);
            }
        }

        if (Roots.Count == 0 && Mode.Count > 0)
        {
            throw new OperatorException("its nodes are no trees: none is a root");
        }
    }
}
