using System;

namespace ModelBuild.Kernels;

/// <summary>ONNX NonMaxSuppression: of boxes that overlap, those with the best scores.</summary>
internal static class SuppressBoxes
{
    /// <summary>Selects boxes, for each class the best first.</summary>
    /// <param name="boxes">[batch, boxes, 4].</param>
    /// <param name="scores">[batch, classes, boxes].</param>
    /// <param name="limit">How many of a class at most; none means 0.</param>
    /// <param name="overlap">How large a share of the union two selected boxes may have in common; none means 0.</param>
    /// <param name="threshold">What a score must be above; may be none.</param>
    /// <param name="scratch">[boxes]: candidates in order.</param>
    /// <param name="selected">[batch * classes * boxes, 3]: batch, class and box of each that is selected, from the first on.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="boxCount">Boxes.</param>
    /// <param name="isCentered">Whether a box is its centre and its size rather than two corners.</param>
    public static void Run(
        ReadOnlySpan<float> boxes,
        ReadOnlySpan<float> scores,
        ReadOnlySpan<long> limit,
        ReadOnlySpan<float> overlap,
        ReadOnlySpan<float> threshold,
        Span<int> scratch,
        Span<long> selected,
        Span<long> count,
        int batch,
        int classes,
        int boxCount,
        bool isCentered)
    {
        long most = limit.IsEmpty ? 0 : limit[0];
        float allowed = overlap.IsEmpty ? 0 : overlap[0];
        int found = 0;
        for (int b = 0; b < batch; b++)
        {
            for (int c = 0; c < classes; c++)
            {
                ReadOnlySpan<float> row = scores.Slice(((b * classes) + c) * boxCount, boxCount);
                int candidates = 0;
                for (int i = 0; i < boxCount; i++)
                {
                    if (threshold.IsEmpty || row[i] > threshold[0])
                    {
                        scratch[candidates++] = i;
                    }
                }

                Sort(scratch[..candidates], row);
                int first = found;
                for (int k = 0; k < candidates && found - first < most; k++)
                {
                    bool isFree = true;
                    for (int s = first; s < found && isFree; s++)
                    {
                        isFree = !(Share(boxes.Slice(((b * boxCount) + scratch[k]) * 4, 4), boxes.Slice(((b * boxCount) + (int)selected[(s * 3) + 2]) * 4, 4), isCentered) > allowed);
                    }

                    if (isFree)
                    {
                        selected[found * 3] = b;
                        selected[(found * 3) + 1] = c;
                        selected[(found * 3) + 2] = scratch[k];
                        found++;
                    }
                }
            }
        }

        count[0] = found;
    }

    // A heap sort: best score first, and of equal ones the first box.
    private static void Sort(Span<int> items, ReadOnlySpan<float> scores)
    {
        for (int root = (items.Length / 2) - 1; root >= 0; root--)
        {
            Sift(items, root, items.Length, scores);
        }

        for (int end = items.Length - 1; end > 0; end--)
        {
            (items[0], items[end]) = (items[end], items[0]);
            Sift(items, 0, end, scores);
        }
    }

    private static void Sift(Span<int> items, int root, int end, ReadOnlySpan<float> scores)
    {
        while ((2 * root) + 1 < end)
        {
            int child = (2 * root) + 1;
            child = child + 1 < end && IsBefore(items[child], items[child + 1], scores) ? child + 1 : child;
            if (!IsBefore(items[root], items[child], scores))
            {
                return;
            }

            (items[root], items[child]) = (items[child], items[root]);
            root = child;
        }
    }

    private static bool IsBefore(int a, int b, ReadOnlySpan<float> scores) => scores[a] > scores[b] || (scores[a] == scores[b] && a < b);

    private static float Share(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool isCentered)
    {
        Edges(a, isCentered, out float left0, out float top0, out float right0, out float bottom0);
        Edges(b, isCentered, out float left1, out float top1, out float right1, out float bottom1);
        float width = MathF.Min(right0, right1) - MathF.Max(left0, left1);
        float height = MathF.Min(bottom0, bottom1) - MathF.Max(top0, top1);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        float common = width * height;
        float union = ((right0 - left0) * (bottom0 - top0)) + ((right1 - left1) * (bottom1 - top1)) - common;
        return union > 0 ? common / union : 0;
    }

    private static void Edges(ReadOnlySpan<float> box, bool isCentered, out float left, out float top, out float right, out float bottom)
    {
        if (isCentered)
        {
            (left, right) = (box[0] - (box[2] / 2), box[0] + (box[2] / 2));
            (top, bottom) = (box[1] - (box[3] / 2), box[1] + (box[3] / 2));
        }
        else
        {
            (top, bottom) = (MathF.Min(box[0], box[2]), MathF.Max(box[0], box[2]));
            (left, right) = (MathF.Min(box[1], box[3]), MathF.Max(box[1], box[3]));
        }
    }
}
