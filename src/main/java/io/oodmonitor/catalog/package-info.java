/**
 * The data sets of the published DICE experiments (Sun and Li, ECCV 2022): what they are, where they lie on disk, where
 * they come from, and which experiment takes which as what.
 *
 * <p>All of it stands in catalog.json. Addresses are those of the authors' readme
 * (github.com/deeplearning-wisc/dice), subsets for ImageNet those of Huang and Li (CVPR 2021). Digests are what others
 * publish: MD5 the makers' own pages, torchvision and pytorch-ood, SHA-256 several libraries of readers. A file whose
 * SHA-256 nobody published has it recorded beside it when it comes first.
 */
package io.oodmonitor.catalog;
